/**
 * What the browser remembers. Some in-app browsers forbid localStorage: then it is remembered
 * until the page is closed.
 */
const PREFIX = "servicebot.";
const fallback = new Map();

/** The remembered value, or null. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return fallback.get(name) ?? null;
  }
}

/** Remembers a value that JSON can hold; null forgets it. */
export function remember(name, value) {
  fallback.set(name, value);
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // full or forbidden: the copy in memory has to do
  }
}
