/** The studio's own words; those of a language are loaded when the page speaks it. */
const joined = (words, of_files) => ({ ...words, ...of_files, screen_names: { ...words.screen_names, ...of_files.screen_names } });

const LOAD = {
  zh: async () => joined((await import("./texts_zh.js")).ZH, (await import("./texts_files_zh.js")).ZH),
  en: async () => joined((await import("./texts_en.js")).EN, (await import("./texts_files_en.js")).EN),
};

/** @param {"zh" | "en"} language */
export const textsOf = (language) => LOAD[language]();
