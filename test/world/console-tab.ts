import type { RunningServer } from "@tabard/server"
import type { Browser, Page } from "playwright-core"
import { shoot } from "./browser.ts"
import type { Person } from "./people.ts"

const WIDE = { width: 1600, height: 1000 }

/** Opens an address of the console in a browser of its own where this person is signed in, without motion. */
export async function consoleTab(
  browser: Browser,
  { publicUrl: url }: Pick<RunningServer, "publicUrl">,
  { cookie }: Pick<Person, "cookie">,
  { path = "/", viewport = WIDE } = {},
): Promise<Page> {
  // Half-way into an appearance every text is pale.
  const context = await browser.newContext({ viewport, reducedMotion: "reduce" })
  const [name = "", value = ""] = cookie.split("=")
  await context.addCookies([{ name, value, url }])
  const tab = await context.newPage()
  await tab.goto(url + path)
  return tab
}

/** Takes a picture of the page at each width in both themes, where SHOTS names a folder for them. */
export async function pictures(page: Page, name: string): Promise<void> {
  if (!process.env["SHOTS"]) return
  for (const width of [375, 1024, 1600]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ ...WIDE, width })
      await page.emulateMedia({ colorScheme })
      await shoot(page, `${name}-${width}-${colorScheme}`)
    }
  }
  await page.emulateMedia({ colorScheme: null })
  await page.setViewportSize(WIDE)
}
