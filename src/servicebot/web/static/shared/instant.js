/** Times in words, in the reader's own time zone. */
import { langTag } from "./language.js";

/** `14:05`, and the day before it unless it is today. */
export function clockTime(instant, language) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (instant.toDateString() !== new Date().toDateString()) {
    Object.assign(options, { month: "short", day: "numeric" });
  }
  return new Intl.DateTimeFormat(langTag(language), options).format(instant);
}

/** Day and time to the second. */
export function momentOf(instant, language) {
  const options = { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" };
  return new Intl.DateTimeFormat(langTag(language), options).format(instant);
}

/** How long something has lasted: `0:42`, `12:05`, `1:02:09`. */
export function lasted(since, now) {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const pad = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `${pad(seconds % 60)}`;
  return hours ? `${hours}:${pad(minutes)}:${tail}` : `${minutes}:${tail}`;
}
