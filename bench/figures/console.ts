import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import type { Browser, Page } from "playwright-core"
import { chromiumMissing, openBrowser } from "../../test/world/browser.ts"
import { type Standing, spreadOf } from "../contest.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { barePage } from "../world/bare-page.ts"
import { startChild } from "../world/child.ts"
import { firstPageBytes } from "../world/first-page-bytes.ts"
import type { LargeTabardReady } from "../world/large-organisation-process.ts"
import { plainRowsPage } from "../world/plain-rows-page.ts"

/** From the address typed in to a row that answers a click. */
const INTERACTIVE_LIMIT = 2_000_000

/** From what somebody did to the page of somebody else that shows it. */
const HEARD_LIMIT = 2_000_000

/** As long as a page that was just opened may ask for what it shows. */
const AT_REST_MS = 8_000

/** A frame at sixty a second. */
const FRAME_LIMIT = 1_000_000 / 60

/** How long is scrolled, and how far with each turn of the wheel and how often: two hundred rows a second, by a fast hand. */
const SCROLL_MS = 4_000
const WHEEL = 120
const WHEEL_EVERY_MS = 16

/** The console in a browser over a large organisation: how soon it answers, and how it scrolls, beside an empty page. */
export const consoleFigure: Figure = {
  name: "console",
  async measure(measuring) {
    if (chromiumMissing()) return []
    const agents = measuring.quick ? 500 : 10_000
    await using stack = new AsyncDisposableStack()
    const folder = process.env["BENCH_LIVE_SQLITE"] ?? (await temporary(stack))
    measuring.say(`console: an organisation of ${agents} agents`)
    const { ready } = stack.use(
      await startChild<LargeTabardReady>("large-organisation-process.ts", [folder, `${agents}`]),
    )
    const empty = stack.use(await barePage())
    const plain = stack.use(await barePage(plainRowsPage(agents)))
    const browser = await openBrowser()
    stack.defer(() => browser.close())
    const times = new Map<string, number[]>()
    const note = (name: string, microseconds: number): void =>
      void times.set(name, [...(times.get(name) ?? []), microseconds])
    for (let round = 0; round < (measuring.quick ? 1 : 5); round++) {
      measuring.signal.throwIfAborted()
      measuring.say(`console: round ${round + 1}`)
      await inNewWindow(browser, undefined, async (page) => {
        note(
          "an empty page",
          await soonAnswered(page, { url: empty.url, shown: "button", answered: "text=clicked" }),
        )
        for (const [name, frame] of Object.entries(await scrolled(page)))
          note(`an empty page, ${name}`, frame)
      })
      await inNewWindow(browser, undefined, async (page) => {
        await page.goto(plain.url)
        for (const [name, frame] of Object.entries(await scrolled(page)))
          note(`as many plain rows, ${name}`, frame)
      })
      await inNewWindow(browser, ready, async (page) => {
        const url = `${ready.publicUrl}/agents`
        note(
          "the agents",
          await soonAnswered(page, { url, shown: ROW, answered: "text=Open the whole agent" }),
        )
        await page.goto(url)
        await page.locator(ROW).first().waitFor()
        // All pages of the list have arrived when the page asks no more.
        await page.waitForLoadState("networkidle").catch(() => undefined)
        for (const [name, frame] of Object.entries(await scrolled(page))) note(`the agents, ${name}`, frame)
      })
      await inNewWindow(browser, ready, async (page) => {
        const keys = { answered: "role=dialog", click: "[aria-label='Show the keys']" }
        note("the overview", await soonAnswered(page, { url: ready.publicUrl, shown: CHANGED, ...keys }))
      })
      await inNewWindow(browser, ready, async (page) => note(HEARD, await soonHeard(page, ready)))
    }
    return tablesOf(agents, times, measuring)
  },
}

const ROW = "[data-row]"
const CHANGED = "role=heading[name='What changed']"
const HEARD = "what somebody else did"

async function inNewWindow(
  browser: Browser,
  signedIn: LargeTabardReady | undefined,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  // A window of its own has nothing in its cache.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    if (signedIn) {
      const [name = "", value = ""] = signedIn.cookies.administrator.split("=", 2)
      await context.addCookies([{ name, value, url: signedIn.publicUrl }])
    }
    await work(await context.newPage())
  } finally {
    await context.close()
  }
}

/** What is waited for: `shown` stands there, and a click on it (or on `click`) is `answered`. */
interface Answered {
  readonly url: string
  readonly shown: string
  readonly answered: string
  readonly click?: string
}

async function soonAnswered(page: Page, { url, shown, answered, click = shown }: Answered): Promise<number> {
  const began = performance.now()
  await page.goto(url, { waitUntil: "commit" })
  await page.locator(shown).first().waitFor()
  await page.locator(click).first().click()
  await page.locator(answered).first().waitFor()
  return (performance.now() - began) * 1_000
}

/** Answers how long it takes from the answer to an act of somebody else until a page that asks for nothing by itself shows it. */
async function soonHeard(page: Page, { publicUrl, cookies }: LargeTabardReady): Promise<number> {
  await page.goto(publicUrl)
  await page.locator(CHANGED).waitFor()
  await wait(AT_REST_MS)
  const name = `Entered ${crypto.randomUUID()}`
  const headers = { cookie: cookies.administrator, "content-type": "application/json", "x-tabard": "1" }
  const body = JSON.stringify({ name, purpose: "Is seen" })
  const answer = await fetch(`${publicUrl}/api/v1/agents`, { method: "POST", headers, body })
  if (!answer.ok) throw new Error(await answer.text())
  const began = performance.now()
  await page.getByText(name).first().waitFor()
  return (performance.now() - began) * 1_000
}

/** Answers how long frames take while the wheel turns, in microseconds: half of them, and all but one in twenty, take less. */
async function scrolled(
  page: Page,
): Promise<Readonly<Record<"half of the frames" | "all but one in twenty", number>>> {
  await page.mouse.move(700, 600)
  await page.evaluate(`
    window.frames_ = []
    let last = performance.now()
    const next = (now) => { window.frames_.push(now - last); last = now; window.going_ = requestAnimationFrame(next) }
    window.going_ = requestAnimationFrame(next)`)
  const until = performance.now() + SCROLL_MS
  while (performance.now() < until) await Promise.all([page.mouse.wheel(0, WHEEL), wait(WHEEL_EVERY_MS)])
  const frames: unknown = await page.evaluate("cancelAnimationFrame(window.going_), window.frames_")
  if (!Array.isArray(frames) || frames.length < 10) throw new Error("no frame was drawn")
  const sorted = frames.map(Number).toSorted((a, b) => a - b)
  const at = (share: number): number => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 1_000
  return { "half of the frames": at(0.5), "all but one in twenty": at(0.95) }
}

function tablesOf(
  agents: number,
  times: ReadonlyMap<string, readonly number[]>,
  measuring: Measuring,
): readonly Table[] {
  const standing = (name: string, limit: number, title = name): Standing => ({
    name: title,
    others: null,
    microseconds: spreadOf(times.get(name) ?? []),
    toRival: spreadOf((times.get(name) ?? []).map((time) => time / limit)),
    toFewer: null,
  })
  const limit = (microseconds: number): Standing => ({
    name: "the limit",
    others: null,
    microseconds: spreadOf([microseconds]),
    toRival: null,
    toFewer: null,
  })
  measuring.say("console: done")
  const many = agents.toLocaleString("en")
  return [
    {
      title: `from an address to a click that is answered, ${many} agents, a browser with an empty cache`,
      standings: [
        limit(INTERACTIVE_LIMIT),
        ...["an empty page", "the overview", "the agents"].map((name) => standing(name, INTERACTIVE_LIMIT)),
      ],
      notes: [
        `scripts and styles of the first page: ${Math.round(firstPageBytes() / 1_000)} kB compressed (limit 350 kB)`,
      ],
    },
    {
      title: `from an act of somebody else to the page that shows it, ${many} agents`,
      standings: [limit(HEARD_LIMIT), standing(HEARD, HEARD_LIMIT)],
    },
    {
      title: `a frame while the wheel turns, ${many} agents`,
      standings: [
        limit(FRAME_LIMIT),
        ...["an empty page", "as many plain rows", "the agents"].flatMap((page) =>
          ["half of the frames", "all but one in twenty"].map((share) =>
            standing(`${page}, ${share}`, FRAME_LIMIT),
          ),
        ),
      ],
    },
  ]
}

async function temporary(stack: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tabard-console-"))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}
