/** The studio's own words. */
import { EN } from "./texts_en.js";
import { EN as FILES_EN } from "./texts_files_en.js";
import { ZH as FILES_ZH } from "./texts_files_zh.js";
import { ZH } from "./texts_zh.js";

const joined = (words, of_files) => ({ ...words, ...of_files, screen_names: { ...words.screen_names, ...of_files.screen_names } });

export const TEXTS = { zh: joined(ZH, FILES_ZH), en: joined(EN, FILES_EN) };
