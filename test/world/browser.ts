import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { AxeBuilder } from "@axe-core/playwright"
import { type Browser, chromium, type Page, type Request } from "playwright-core"
import { until } from "./until.ts"

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

/** How long a page asks nothing more before it counts as answered. */
const QUIET_MS = 150

/** Watches what a page asks of the API, the stream of changes aside; answers how to wait until all of it is answered and shown. */
export function answered(page: Page): () => Promise<void> {
  const open = new Set<Request>()
  let asked = 0
  page.on("request", (request) => {
    if (!isQuestion(request.url())) return
    open.add(request)
    asked++
  })
  page.on("requestfinished", (request) => void open.delete(request))
  page.on("requestfailed", (request) => void open.delete(request))
  return async () => {
    await until(async () => {
      const before = asked
      await page.waitForTimeout(QUIET_MS)
      return open.size === 0 && asked === before
    })
    await page.locator("[aria-busy=true], .skeleton").first().waitFor({ state: "detached" })
  }
}

/** Whether it is asked of the API and answered at once, as the stream of changes is not. */
function isQuestion(url: string): boolean {
  return url.includes("/api/v1/") && !url.endsWith("/changes")
}

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
