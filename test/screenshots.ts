// npm run screenshots -- FOLDER: every page of the console, light and dark, at three widths, on a machine with forty agents.
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Browser, Page } from "playwright-core"
import { openBrowser } from "./world/browser.ts"
import { type ConsolePage, consolePages, thingsToShow } from "./world/console-pages.ts"
import { type ConsoleWorld, openConsoleWorld } from "./world/console-world.ts"

const USAGE = `usage: npm run screenshots -- FOLDER [--only NAME,…] [--widths 375,1024,1600] [--themes light,dark] [--full]

  FOLDER    where the pictures go, as NAME-THEME-WIDTH.png
  --only    the pages whose names begin so
  --full    the whole page, not only what a screen shows`

const HEIGHTS: Readonly<Record<number, number>> = { 375: 812, 1024: 768, 1600: 1000 }

interface Wish {
  readonly folder: string
  readonly only: readonly string[]
  readonly widths: readonly number[]
  readonly themes: readonly ("light" | "dark")[]
  readonly full: boolean
}

const wish = readWish(process.argv.slice(2))
if (wish === undefined) console.log(USAGE)
else await takeAll(wish)

async function takeAll(wish: Wish): Promise<void> {
  await mkdir(wish.folder, { recursive: true })
  await using world = await openConsoleWorld()
  const pages = consolePages(await thingsToShow(world.ann.api)).filter(
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

async function take(
  browser: Browser,
  world: ConsoleWorld,
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
  await context.addCookies([world.cookie()])
  const page = await context.newPage()
  for (const { name, path } of pages) {
    await page.goto(world.addressOf(path))
    await settle(page)
    await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), fullPage: full })
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
  }
}
