import type { Content, Markup } from "./markup.js";

import { html } from "./markup.js";

/** A part of the page: its title and what it is about on the left, on a phone above; then its content. */
export function section(id: string, title: string, note: Content, content: Content): Markup {
  return html`<section id="${id}">
    <div class="note">
      <h2>${title}</h2>
      <p>${note}</p>
    </div>
    <div>${content}</div>
  </section>`;
}
