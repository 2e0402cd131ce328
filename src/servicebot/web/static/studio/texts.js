/** The studio's own words. */
import { EN } from "./texts_en.js";
import { ZH } from "./texts_zh.js";

export const TEXTS = { zh: ZH, en: EN };
