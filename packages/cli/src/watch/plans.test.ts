import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { describe, it } from "node:test"
import { launchdPlan } from "./launchd-plan.ts"
import { scheduledTaskPlan } from "./scheduled-task-plan.ts"
import { systemdPlan } from "./systemd-plan.ts"
import type { WatchJob, WatchPlan } from "./watch-plan.ts"

/** Spaces, quotes, and what each of the formats reads in its own way. */
const ODD = `/home/ann o'neil/"a" & <b> 100% $HOME \\end`

const job: WatchJob = {
  program: ["/opt/node 24/bin/node", "/opt/tabard/tabard.js"],
  args: ["scan", "--quiet", "--push", "https://tabard.example", "--", ODD],
  everyMs: 1_800_000,
  home: "/home/ann",
  settings: "/home/ann/.config/tabard",
  environment: { CODEX_HOME: "/home/ann/my codex" },
  uid: 501,
}

const windows: WatchJob = {
  ...job,
  program: ["C:\\Program Files\\nodejs\\node.exe", "C:\\tabard\\tabard.js"],
  args: ["scan", "--", 'C:\\a "b" & <c>\\'],
  home: "C:\\Users\\Ann",
  settings: "C:\\Users\\Ann\\.config\\tabard",
}

describe("a watch by systemd", () => {
  it("holds each argument as one word, whatever stands in it", () => {
    const unit = textOf(systemdPlan(job), "tabard-watch.service")
    const [line = ""] = /^ExecStart=.*$/m.exec(unit) ?? []
    assert.equal(
      line,
      'ExecStart=":/opt/node 24/bin/node" "/opt/tabard/tabard.js" "scan" "--quiet" "--push" "https://tabard.example" "--" ' +
        `"/home/ann o'neil/\\"a\\" & <b> 100%% $HOME \\\\end"`,
    )
    assert.match(unit, /^Environment="CODEX_HOME=\/home\/ann\/my codex"$/m)
  })

  it("has no more rights than a reader needs, and may write its own settings alone", () => {
    const unit = textOf(systemdPlan(job), "tabard-watch.service")
    for (const line of [
      "NoNewPrivileges=yes",
      "ProtectSystem=strict",
      "ProtectHome=read-only",
      'ReadWritePaths="/home/ann/.config/tabard"',
      "UMask=0077",
    ])
      assert.ok(unit.split("\n").includes(line), line)
  })

  it("comes as often as was asked, and not at one moment with all the others", () => {
    const timer = textOf(systemdPlan(job), "tabard-watch.timer")
    assert.match(timer, /^OnUnitActiveSec=1800s\nRandomizedDelaySec=180s$/m)
  })

  it("is understood by systemd itself", (t) => {
    if (spawnSync("systemd-analyze", ["--version"]).error) return t.skip("there is no systemd here")
    const folder = mkdtempSync(join(tmpdir(), "tabard-unit-"))
    t.after(() => rmSync(folder, { recursive: true }))
    mkdirSync(join(folder, "watch"))
    // It looks for the program, so that one has to be there.
    const real = { ...job, program: [process.execPath, "/opt/tabard/tabard.js"], settings: folder } as const
    const paths = systemdPlan(real).files.map(({ path, text }) => {
      const copy = join(folder, basename(path))
      writeFileSync(copy, text)
      return copy
    })
    const { status, stderr } = spawnSync("systemd-analyze", ["--user", "verify", ...paths], {
      encoding: "utf8",
      env: { ...process.env, XDG_RUNTIME_DIR: folder },
    })
    assert.deepEqual(
      [status, stderr.split("\n").filter((line) => line.includes("tabard-watch"))],
      [0, []],
      stderr,
    )
  })
})

describe("a watch by launchd", () => {
  it("holds each argument as one string, whatever stands in it", () => {
    const plan = launchdPlan(job)
    const list = textOf(plan, "dev.tabard.watch.plist")
    assert.deepEqual(
      [...list.matchAll(/^ {4}<string>(.*)<\/string>$/gm)].map(([, text]) => text),
      [
        "/opt/node 24/bin/node",
        "/opt/tabard/tabard.js",
        "scan",
        "--quiet",
        "--push",
        "https://tabard.example",
        "--",
        "/home/ann o&apos;neil/&quot;a&quot; &amp; &lt;b&gt; 100% $HOME \\end",
        "/home/ann/my codex",
      ],
    )
    assert.match(list, /<key>StartInterval<\/key>\n {2}<integer>1800<\/integer>/)
    assert.match(list, /<key>Umask<\/key>\n {2}<integer>63<\/integer>/)
    assert.deepEqual(plan.begin, [
      ["launchctl", "bootstrap", "gui/501", "/home/ann/Library/LaunchAgents/dev.tabard.watch.plist"],
    ])
    assert.deepEqual(plan.end, [["launchctl", "bootout", "gui/501/dev.tabard.watch"]])
  })
})

describe("a watch by the Windows task scheduler", () => {
  it("holds the command line as programs there take it apart", () => {
    const plan = scheduledTaskPlan(windows)
    const task = textOf(plan, "watch-task.xml")
    assert.match(task, /<Command>&quot;C:\\Program Files\\nodejs\\node\.exe&quot;<\/Command>/)
    const [, args = ""] = /<Arguments>(.*)<\/Arguments>/.exec(task) ?? []
    assert.equal(unescaped(args), String.raw`"C:\tabard\tabard.js" "scan" "--" "C:\a \"b\" & <c>\\"`)
    assert.match(task, /<Interval>PT30M<\/Interval>/)
    assert.match(task, /<RunLevel>LeastPrivilege<\/RunLevel>/)
    assert.ok(task.startsWith("\uFEFF<?xml") && plan.files[0]?.encoding === "utf16le")
    assert.deepEqual(plan.begin[0]?.slice(0, 4), ["schtasks.exe", "/Create", "/TN", "\\Tabard\\Watch"])
  })
})

describe("what a schedule cannot hold", () => {
  it("is refused, so that nothing else than was shown is ever run", () => {
    const jobOf = (args: readonly string[]): WatchJob => ({ ...job, args })
    for (const plan of [systemdPlan, launchdPlan, scheduledTaskPlan]) {
      for (const odd of ["a\nExecStart=/bin/sh", "a\u0000", "a\u001b[2J"])
        assert.throws(() => plan(jobOf([odd])), /cannot hold/)
    }
    assert.throws(() => scheduledTaskPlan({ ...windows, args: ["C:\\%TEMP%"] }), /cannot hold/)
  })
})

function textOf({ files }: WatchPlan, name: string): string {
  return files.find(({ path }) => path.endsWith(name))?.text ?? assert.fail(name)
}

function unescaped(text: string): string {
  const characters = { "&quot;": '"', "&apos;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&" }
  return Object.entries(characters).reduce(
    (left, [name, character]) => left.replaceAll(name, character),
    text,
  )
}
