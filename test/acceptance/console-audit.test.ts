import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { after, before, describe, it } from "node:test"
import type { Browser, Download, Page } from "playwright-core"
import { chromiumMissing, obstacles, openBrowser, shoot } from "../world/browser.ts"
import { type ConsoleWorld, openConsoleWorld } from "../world/console-world.ts"
import { HOSTILE_TEXTS, OBEYED } from "../world/hostile-texts.ts"
import { addPerson } from "../world/people.ts"
import { until } from "../world/until.ts"

const SIZES = [
  [375, 812],
  [1024, 768],
  [1600, 1000],
] as const

describe("the record in a real browser", { skip: chromiumMissing() }, () => {
  const stack = new AsyncDisposableStack()
  const complaints: string[] = []
  let world: ConsoleWorld
  let browser: Browser
  let page: Page

  before(async () => {
    world = stack.use(await openConsoleWorld())
    browser = await openBrowser()
    stack.defer(() => browser.close())
    page = await openPage({ width: 1440, height: 1000 })
  })
  after(async () => {
    await stack.disposeAsync()
    assert.deepEqual(complaints, [])
  })

  it("says at its top whether the record is whole, witnessed and exported, and leads to where it is exported", async () => {
    await open("/audit")
    const line = page.getByRole("list", { name: "How the record stands" })
    await line.getByText("Whole as the server sees it").waitFor()
    await line.getByText("Not witnessed").waitFor()
    await line.getByText("Not exported").waitFor()
    await line.getByRole("link").click()
    await page.waitForURL("**/settings?tab=export")
  })

  it("is searched by agent, person, tool, decision and kind, and the address says how", async () => {
    await open("/audit")
    const total = await rows().count()
    await page.getByLabel("Tool", { exact: true }).selectOption({ label: "notes/write_file" })
    await page.waitForURL("**/audit?tool=notes%2Fwrite_file")
    await until(async () => (await rows().count()) < total)
    const calls = await rows().allInnerTexts()
    assert.ok(
      calls.length >= 4 && calls.every((row) => row.includes("write_file") || /asked for/.test(row)),
      calls.join("\n"),
    )
    await page.getByRole("button", { name: "Asked about" }).click()
    await until(async () => (await rows().count()) < calls.length)
    for (const row of await rows().allInnerTexts()) assert.match(row, /^Asked people whether to permit/)
    const address = page.url()
    await page.goto("about:blank")
    await page.goto(address)
    await until(async () => (await rows().count()) > 0)
    assert.ok(
      (await page.getByRole("button", { name: "Asked about" }).getAttribute("aria-pressed")) === "true",
    )
  })

  it("is searched by a person and a kind together, and says where nothing matches", async () => {
    await open("/audit")
    await page.getByLabel("Person", { exact: true }).selectOption({ label: "Ann" })
    await page.getByLabel("Kind of event").selectOption({ label: "People and teams" })
    await page.waitForURL("**/audit?person=usr_*&group=people")
    await row(/Ann took Bob into the team Payments/).waitFor()
    assert.equal(await row(/Invoice bot got a token/).count(), 0)
    await page.getByRole("button", { name: "Denied" }).click()
    await page.getByText("No event matches").waitFor()
    await page.getByRole("button", { name: "Show the whole record" }).click()
    await row(/Invoice bot got a token/).waitFor()
  })

  it("leaves out of the address what it does not understand", async () => {
    await open("/audit?effect=maybe&agent=<b>&place=-1&event=undefined&from=never&group=calls")
    await row(/Invoice bot asked to call|Asked people/)
      .first()
      .waitFor()
    assert.equal(await page.getByRole("complementary", { name: "Event" }).count(), 0)
  })

  it("finds by a pasted id or place, and says where that is none", async () => {
    const [event] = (await world.ann.api.listEvents({ type: "call.decided", limit: 1 })).items
    assert.ok(event?.call)
    await open("/audit")
    await find(event.call)
    await page.getByRole("button", { name: /^Call cal_/ }).waitFor()
    await until(async () => (await rows().count()) < 5)
    await page.getByRole("button", { name: /^Call cal_/ }).click()
    await find("№ 0")
    await until(async () => (await rows().count()) === 1)
    await find(event.id)
    await page.getByRole("heading", { name: event.sentence }).waitFor()
    await find("invoice")
    await page.getByText("Nothing is found by this").waitFor()
  })

  it("opens an event beside it with who, what, for whom, under which decision, and what proves it", async () => {
    while ((await world.tabard.server.publish()) > 0);
    const [event] = (await world.ann.api.listEvents({ type: "call.decided", effect: "ask", limit: 1 })).items
    await open(`/audit?event=${event?.id}`)
    const drawer = page.getByRole("complementary", { name: "Event" })
    await drawer.getByText(/Included in the checkpoint of \d+ entries, as entry \d+/).waitFor()
    const told = (await drawer.innerText()).replaceAll(/\s+/g, " ")
    for (const words of [
      /Who Invoice bot/,
      /through the gateway/,
      /For Ann/,
      /Owner then Ann/,
      /What notes\/write_file/,
      /Decision Asked about approval_needed/,
      /Under policies agt_/,
      /No witness has signed this checkpoint/,
    ])
      assert.match(told, words)
    await drawer.getByRole("region", { name: "The event as it is logged" }).waitFor()
    const proof = await download(() => drawer.getByRole("button", { name: "Download proof" }).click())
    assert.equal(proof.name, `${event?.id}.tlog-proof`)
    assert.match(proof.text, /^c2sp\.org\/tlog-proof@v1\nindex \d+\n/)
    const entry = await download(() => drawer.getByRole("button", { name: "Download entry" }).click())
    assert.equal(entry.name, `${event?.id}.entry`)
    assert.deepEqual(JSON.parse(entry.text), event?.body)
    await page.keyboard.press("Escape")
    await drawer.waitFor({ state: "detached" })
  })

  it("is gone through by keyboard, and the open event follows", async () => {
    await open("/audit?group=people")
    await rows().first().focus()
    await page.keyboard.press("Enter")
    const drawer = page.getByRole("complementary", { name: "Event" })
    await drawer
      .getByRole("heading", { name: /the team Payments|Ann/ })
      .first()
      .waitFor()
    const first = page.url()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await until(async () => page.url() !== first)
    await page.keyboard.press("Escape")
    await drawer.waitFor({ state: "detached" })
  })

  it("is saved as what the filters find, byte for byte and with its places", async () => {
    while ((await world.tabard.server.publish()) > 0);
    await open("/audit?group=people")
    await page.getByRole("button", { name: "Save as a file" }).click()
    const { name, text } = await download(() =>
      page.getByRole("button", { name: "Save as JSON lines" }).click(),
    )
    assert.match(name, /^record-default-.*\.jsonl$/)
    const listed = (await world.ann.api.listEvents({ group: "people", limit: 1000 })).items
    assert.ok(listed.length > 2)
    assert.deepEqual(
      text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
      listed.map(({ index, body }) => ({ place: index, event: body })),
    )
    await page.getByText(`${listed.length} events saved.`).waitFor()
    const csv = await download(() => page.getByRole("button", { name: "Save as CSV" }).click())
    assert.equal(csv.text.trimEnd().split("\r\n").length, listed.length + 1)
    await page.keyboard.press("Escape")
  })

  it("stops writing a file where somebody says so, and says what failed", async () => {
    await open("/audit")
    const asked = Promise.withResolvers<void>()
    await page.route("**/api/v1/exports/events*", async (route) => {
      await asked.promise
      await route.abort().catch(() => undefined)
    })
    await page.getByRole("button", { name: "Save as a file" }).click()
    await page.getByRole("button", { name: "Save as CSV" }).click()
    await page.getByText("0 events read").waitFor()
    await page.getByRole("button", { name: "Stop" }).click()
    await page.getByText("0 events read").waitFor({ state: "detached" })
    asked.resolve()
    await page.unroute("**/api/v1/exports/events*")
    await page.route("**/api/v1/exports/events*", (route) => route.fulfill({ status: 500, body: "{}" }))
    await page.getByRole("button", { name: "Save as CSV" }).click()
    await page.getByRole("alert").waitFor()
    await page.unroute("**/api/v1/exports/events*")
    await page.keyboard.press("Escape")
    complaints.splice(0)
  })

  it("shows new events as they happen, and an event that was not found as such", async () => {
    await open("/audit")
    await row(/Ann/).first().waitFor()
    await world.ann.api.enterAgent({ name: "Newcomer of this minute" })
    await row(/Ann entered Newcomer of this minute by hand/).waitFor()
    await open("/audit?event=evt_01890000-0000-7000-8000-000000000009")
    await page.getByText("The event could not be read").waitFor()
    await page.goto("about:blank")
    complaints.splice(0)
  })

  it("shows a member what is about their agents alone, and no command for auditors", async () => {
    const mel = await addPerson(world.tabard.server, "member")
    const own = await openPage({ width: 1440, height: 900 }, "light", mel.cookie)
    await own.goto(world.addressOf("/audit"))
    await own.getByText("Nothing has happened yet").waitFor()
    assert.equal(await own.getByText("Verify all of it").count(), 0)
    await own.context().close()
  })

  for (const colorScheme of ["light", "dark"] as const) {
    it(`is no obstacle at any width, ${colorScheme}`, async () => {
      const [event] = (await world.ann.api.listEvents({ type: "call.decided", limit: 1 })).items
      for (const [width, height] of SIZES) {
        const sized = await openPage({ width, height }, colorScheme)
        for (const [name, path] of [
          ["audit", "/audit?effect=ask"],
          ["audit-event", `/audit?effect=ask&event=${event?.id}`],
        ] as const) {
          await sized.goto(world.addressOf(path))
          await sized
            .getByText(/Asked people/)
            .first()
            .waitFor()
          assert.deepEqual(await obstacles(sized), [], `${name} ${width}`)
          await shoot(sized, `${name}-${width}-${colorScheme}`)
          const wide = Number(await sized.evaluate("document.documentElement.scrollWidth"))
          assert.ok(wide <= width, `${wide} of ${width}`)
        }
        await sized.context().close()
      }
    })
  }

  it("shows hostile texts of an event as data", async () => {
    for (const name of Object.values(HOSTILE_TEXTS))
      await world.ann.api.enterAgent({ name }).catch(() => undefined)
    const entered = (await world.ann.api.listEvents({ type: "agent.entered", limit: 60 })).items
    assert.ok(entered.length > 10)
    await open("/audit?type=agent.entered")
    for (const { id } of entered.slice(0, 12)) {
      await page.goto(world.addressOf(`/audit?type=agent.entered&event=${id}`))
      await page.getByRole("region", { name: "The event as it is logged" }).waitFor()
      assert.equal(await page.evaluate(`window.${OBEYED}`), undefined)
    }
  })

  async function open(path: string): Promise<void> {
    await page.goto(world.addressOf(path))
    await page.getByRole("heading", { name: "Audit" }).waitFor()
    await page.getByText("The record: reading").waitFor({ state: "detached" })
  }

  function rows() {
    return page.locator("button[data-row]")
  }

  function row(text: RegExp) {
    return rows().filter({ hasText: text })
  }

  async function find(text: string): Promise<void> {
    await page.getByLabel("Find by id or place").fill(text)
    await page.keyboard.press("Enter")
  }

  async function download(
    act: () => Promise<void>,
  ): Promise<{ readonly name: string; readonly text: string }> {
    const [file]: readonly [Download, void] = await Promise.all([page.waitForEvent("download"), act()])
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") }
  }

  async function openPage(
    viewport: { readonly width: number; readonly height: number },
    colorScheme: "light" | "dark" = "light",
    cookie = world.ann.cookie(),
  ): Promise<Page> {
    const context = await browser.newContext({ viewport, colorScheme })
    const [name = "", value = ""] = cookie.split("=")
    await context.addCookies([{ name, value, url: world.tabard.server.publicUrl }])
    const opened = await context.newPage()
    opened.setDefaultTimeout(60_000)
    opened.on(
      "console",
      (message) =>
        message.type() === "error" && complaints.push(`${message.text()} ${message.location().url}`),
    )
    opened.on("pageerror", ({ message }) => complaints.push(message))
    return opened
  }
})
