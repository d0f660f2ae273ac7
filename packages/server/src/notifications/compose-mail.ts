import { KIND_TITLES, WHY } from "./kind-words.ts"
import { plainLine } from "./plain-line.ts"
import type { Told } from "./told.ts"

/** A mail as it is handed to who sends it. */
export interface Mail {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface MailDeps {
  readonly publicUrl: string
  /** The organisation's name. */
  readonly organisation: string
}

/** The most that one day's mail names; the rest is counted. */
const MOST_NAMED = 50

const NO_ANSWER =
  "Nothing can be answered from this mail: sign in to Tabard, where you see what you agree to."

/** Answers the mail for one notification. */
export function mailOf(deps: MailDeps, one: Told): Mail {
  return composed(deps, {
    subject: one.title,
    heading: one.title,
    parts: [{ title: null, told: [{ ...one, title: one.detail ?? "" }] }],
    why: `You get this mail because ${WHY[one.kind]}.`,
  })
}

/** Answers a day's mail: what was told since the one before, by kind, with counts. */
export function digestOf(deps: MailDeps, told: readonly Told[]): Mail {
  const count = `${told.length} ${told.length === 1 ? "notification" : "notifications"}`
  const kinds = Map.groupBy(told, ({ kind }) => kind)
  let named = 0
  const parts = [...kinds].map(([kind, own]) => {
    const shown = own.slice(0, Math.max(0, MOST_NAMED - named))
    named += shown.length
    return { title: `${KIND_TITLES[kind]} (${own.length})`, told: shown, more: own.length - shown.length }
  })
  const why = "You get this mail once a day, because you chose to be told of these together."
  return composed(deps, { subject: `${count} from Tabard`, heading: `${count} since yesterday`, parts, why })
}

interface Content {
  readonly subject: string
  readonly heading: string
  readonly parts: readonly { title: string | null; told: readonly Told[]; more?: number }[]
  readonly why: string
}

function composed({ publicUrl, organisation }: MailDeps, { subject, heading, parts, why }: Content): Mail {
  const settings = `${publicUrl}/account?tab=notifications`
  const from = plainLine(organisation)
  const lines = [heading, ""]
  const blocks = [`<h1 style="font-size:18px">${escapeHtml(heading)}</h1>`]
  for (const { title, told, more = 0 } of parts) {
    if (title !== null) {
      lines.push(title, "")
      blocks.push(`<h2 style="font-size:15px">${escapeHtml(title)}</h2>`)
    }
    for (const one of told) {
      const url = `${publicUrl}${one.path}`
      lines.push(...[one.title, url].filter(Boolean), "")
      blocks.push(`<p>${escapeHtml(one.title)}<br><a href="${escapeHtml(url)}">Open in Tabard</a></p>`)
    }
    if (more > 0) {
      lines.push(`and ${more} more`, "")
      blocks.push(`<p>and ${more} more</p>`)
    }
  }
  const foot = [why, `Change what you are told of: ${settings}`, NO_ANSWER, `Tabard, ${from}`]
  return {
    subject: plainLine(subject),
    text: [...lines, "--", ...foot, ""].join("\n"),
    html: page([
      ...blocks,
      "<hr>",
      ...foot.map((line) => `<p style="color:#555">${linked(line, settings)}</p>`),
    ]),
  }
}

function linked(line: string, url: string): string {
  const text = escapeHtml(line)
  return text.replace(escapeHtml(url), `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`)
}

/** Self-contained: nothing in it is fetched, so that no reading is told to anybody. */
function page(blocks: readonly string[]): string {
  const body = `<body style="font-family:sans-serif;font-size:14px">${blocks.join("\n")}</body>`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"></head>${body}</html>\n`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
}
