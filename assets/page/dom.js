// Elements. Text is only ever text here: no markup is made of what a server or a person said.

export const byId = (id) => document.getElementById(id);

// make("a", { href: "#", class: "x" }, "text", child): attributes that are false, null or undefined are left out; a function is a listener.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// How many of what, in words.
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

const FOOTNOTE = /Kosovo\*/;

// Shows the footnote of Kosovo* beside a text that names it, and hides it beside any other.
export function footnote(element, text) {
  element.hidden = !FOOTNOTE.test(text);
  element.textContent = element.hidden ? "" : document.getElementById("kosovo").textContent.trim();
}
