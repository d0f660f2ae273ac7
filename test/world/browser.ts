import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { AxeBuilder } from "@axe-core/playwright"
import { type Browser, chromium, type Page } from "playwright-core"

const PROGRAMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]

const QUIET = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
]

/** Why no page can be opened here, for the `skip` of a suite, or false where it can. */
export function chromiumMissing(): string | false {
  return program() === undefined ? "Chromium is not installed" : false
}

/** Starts a Chromium with a fresh profile that talks to this machine alone. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = program()
  if (!executablePath) throw new Error("Chromium is not installed")
  return chromium.launch({ executablePath, args: QUIET })
}

/** Puts a picture of the page into the folder that SHOTS names, where it names one. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env["SHOTS"]
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** What axe has to say about colours: all in which one theme of a page differs from the other. */
export const RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"] as const

const COLOURS_SETTLED = `Promise.all(document.getAnimations()
  .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
  .map((each) => each.finished.catch(() => undefined)))`

/** Answers what a person who does not see or point would stumble over: serious and critical findings of axe, by all of its rules or some. */
export async function obstacles(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // A colour on its way to another has the contrast of neither.
  await page.evaluate(COLOURS_SETTLED)
  // What is in order is not told of, and no second page is opened to join frames that no page of ours has: a third of the time.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode()
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze()
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`))
}

function program(): string | undefined {
  return PROGRAMS.find((path) => existsSync(path))
}
