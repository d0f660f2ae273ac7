import { visibleText } from "@tabard/core"

/** Text that may stand in a page as it is: only `markup` makes it, so whatever else is put in is escaped. */
export class Markup {
  readonly #html: string

  constructor(html: string) {
    this.#html = html
  }

  toString(): string {
    return this.#html
  }
}

/** What can be put into a page. */
export type Part = Markup | string | number | readonly Part[]

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
}

/** Answers the page text of a template; what is put into it is shown and never taken for markup. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...parts.map(htmlOfPart)))
}

function htmlOfPart(part: Part): string {
  if (part instanceof Markup) return part.toString()
  if (typeof part === "object") return part.map(htmlOfPart).join("")
  return visibleText(String(part)).replaceAll(/[&<>"'`]/g, (character) => ESCAPES[character] ?? "")
}
