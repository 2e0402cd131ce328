/**
 * What the browser remembers. Some in-app browsers forbid localStorage, some have no room left:
 * what it does not take is remembered until the page is closed. What it gives back may be anything;
 * whoever recalls a value looks at it first.
 */
const PREFIX = "servicebot.";
const untaken = new Map();

/** The remembered value, or null. */
export function recall(name) {
  if (untaken.has(name)) return untaken.get(name);
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Remembers a value that JSON can hold; null forgets it. */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
    untaken.delete(name);
  } catch {
    untaken.set(name, value); // full or forbidden
    forgetStored(name); // or an older value would be found by the next page
  }
}

/** Calls back when another page of this browser has changed a value. */
export function onChangedElsewhere(name, listener) {
  addEventListener("storage", ({ key }) => {
    if ((key === null || key === PREFIX + name) && !untaken.has(name)) listener();
  });
}

function forgetStored(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // forbidden: there is none
  }
}
