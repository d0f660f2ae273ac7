// npm run screenshots -- FOLDER: every page of the console, light and dark, at three widths, on a machine with forty agents
// or over as many as are asked for.
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { type Client, createClient } from "@tabard/api"
import type { Browser, Page } from "playwright-core"
import { openLargeTabard } from "../bench/world/open-large-tabard.ts"
import { openBrowser } from "./world/browser.ts"
import { type ConsolePage, consolePages, thingsToShow } from "./world/console-pages.ts"
import { openConsoleWorld } from "./world/console-world.ts"
import { newSession } from "./world/people.ts"

const USAGE = `usage: npm run screenshots -- FOLDER [--only NAME,…] [--widths 375,1024,1600] [--themes light,dark] [--full] [--agents N]

  FOLDER    where the pictures go, as NAME-THEME-WIDTH.png
  --only    the pages whose names begin so
  --full    the whole page, not only what a screen shows
  --agents  over an organisation of so many agents, kept in FOLDER/world for the next time`

const HEIGHTS: Readonly<Record<number, number>> = { 375: 812, 1024: 768, 1600: 1000 }

interface Wish {
  readonly folder: string
  readonly only: readonly string[]
  readonly widths: readonly number[]
  readonly themes: readonly ("light" | "dark")[]
  readonly full: boolean
  /** Undefined for a machine with forty. */
  readonly agents: number | undefined
}

/** What is looked at, and as whom. */
interface LookedAt extends AsyncDisposable {
  readonly api: Client
  readonly publicUrl: string
  /** The session of whoever looks, as a request holds it. */
  readonly cookie: string
}

const wish = readWish(process.argv.slice(2))
if (wish === undefined) console.log(USAGE)
else await takeAll(wish)

async function takeAll(wish: Wish): Promise<void> {
  await mkdir(wish.folder, { recursive: true })
  await using world =
    wish.agents === undefined ? await busyWorld() : await largeWorld(wish.folder, wish.agents)
  const pages = consolePages(await thingsToShow(world.api)).filter(
    ({ name }) => wish.only.length === 0 || wish.only.some((one) => name.startsWith(one)),
  )
  const browser = await openBrowser()
  try {
    for (const theme of wish.themes)
      for (const width of wish.widths) await take(browser, world, pages, { ...wish, theme, width })
  } finally {
    await browser.close()
  }
  console.log(`${pages.length * wish.themes.length * wish.widths.length} pictures in ${wish.folder}`)
}

async function busyWorld(): Promise<LookedAt> {
  const world = await openConsoleWorld()
  return {
    api: world.ann.api,
    publicUrl: world.tabard.server.publicUrl,
    cookie: world.ann.cookie(),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

async function largeWorld(folder: string, agents: number): Promise<LookedAt> {
  const { server, made } = await openLargeTabard({ folder: join(folder, "world"), agents, store: "" })
  const { publicUrl } = server
  const cookie = await newSession(server, { id: made.administrator })
  const api = createClient(publicUrl, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["cookie", cookie]] }),
  )
  return { api, publicUrl, cookie, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

async function take(
  browser: Browser,
  world: LookedAt,
  pages: readonly ConsolePage[],
  how: Wish & { readonly theme: "light" | "dark"; readonly width: number },
): Promise<void> {
  const { theme, width, folder, full } = how
  const height = HEIGHTS[width] ?? 900
  await using context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height },
    reducedMotion: "reduce",
  })
  const [name = "", value = ""] = world.cookie.split("=")
  await context.addCookies([{ name, value, url: world.publicUrl }])
  const page = await context.newPage()
  for (const { name: picture, path } of pages) {
    await page.goto(world.publicUrl + path)
    await settle(page)
    await page.screenshot({ path: join(folder, `${picture}-${theme}-${width}.png`), fullPage: full })
  }
}

async function settle(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor()
  await page.locator("[aria-busy=true], .skeleton").first().waitFor({ state: "detached" })
  await page.evaluate("document.fonts.ready.then(() => true)")
}

function readWish(args: readonly string[]): Wish | undefined {
  const options = {
    only: { type: "string" },
    widths: { type: "string", default: "375,1024,1600" },
    themes: { type: "string", default: "light,dark" },
    full: { type: "boolean", default: false },
    agents: { type: "string" },
  } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [folder] = positionals
  if (folder === undefined) return undefined
  return {
    folder,
    only: values.only?.split(",") ?? [],
    widths: values.widths.split(",").map(Number),
    themes: (["light", "dark"] as const).filter((theme) => values.themes.split(",").includes(theme)),
    full: values.full,
    agents: values.agents === undefined ? undefined : Number(values.agents),
  }
}
