import { execFile } from "node:child_process"
import { mkdir, readFile, realpath } from "node:fs/promises"
import { userInfo } from "node:os"
import { join, resolve } from "node:path"
import { createInterface } from "node:readline/promises"
import { promisify } from "node:util"
import { Problem, visibleText } from "@tabard/core"
import { movingVariables, type OperatingSystem } from "@tabard/scan"
import { settingsFolder } from "../settings-folder.ts"
import type { Surroundings } from "../surroundings.ts"
import { removePlan, standingOf, writePlan } from "../watch/installed-plan.ts"
import { PLAN_WATCH } from "../watch/plan-watch.ts"
import type { PlannedCommand, WatchJob, WatchPlan } from "../watch/watch-plan.ts"
import { operatingSystem } from "./operating-system.ts"
import { reporterCredentials } from "./reporter-file.ts"
import {
  parseWatchInstall,
  parseWatchShow,
  parseWatchUninstall,
  WATCH_USAGE,
  type WatchInstallOptions,
} from "./watch-arguments.ts"

/** What the commands of a watch do to the machine besides writing files. */
export interface WatchMachine {
  readonly os: OperatingSystem
  readonly uid: number
  /** The Node and the launcher that run now. */
  program(): Promise<readonly [string, ...string[]]>
  /** Answers what a person typed, or undefined where there is no terminal. */
  ask(question: string): Promise<string | undefined>
  /** Runs a program without a shell, and rejects where it fails. */
  run(command: PlannedCommand): Promise<unknown>
}

const NO_JOB = { push: "https://localhost", everyMs: 0, paths: [], yes: true } as const

/** `tabard watch install`: shows what this system is to be told, and tells it. */
export async function watchInstall(
  args: readonly string[],
  surroundings: Surroundings,
  machine: WatchMachine = thisMachine(),
): Promise<number> {
  const options = parseWatchInstall(args)
  if (!options) return say(surroundings, WATCH_USAGE.install)
  await reporterCredentials(surroundings, options.push)
  const plan = PLAN_WATCH[machine.os](await jobOf(options, surroundings, machine))
  const standing = await standingOf(plan)
  say(surroundings, shown(plan))
  if (standing === "as planned") return say(surroundings, "This is installed already; nothing was changed.")
  if (!(await agreed(options, machine))) return say(surroundings, "Nothing was written.")
  await mkdir(join(settingsFolder(surroundings), "watch"), { recursive: true, mode: 0o700 })
  // What runs under the former files is told to end first: some systems refuse to begin what has begun.
  if (standing === "different") await runAll(plan.end, machine).catch(() => undefined)
  await writePlan(plan)
  await beginOrUndo(plan, machine)
  return say(surroundings, "The watch has begun. Take it away with: tabard watch uninstall")
}

/** `tabard watch uninstall`: ends the watch and takes its files away. */
export async function watchUninstall(
  args: readonly string[],
  surroundings: Surroundings,
  machine: WatchMachine = thisMachine(),
): Promise<number> {
  const options = parseWatchUninstall(args)
  if (!options) return say(surroundings, WATCH_USAGE.uninstall)
  const plan = PLAN_WATCH[machine.os](await jobOf(NO_JOB, surroundings, machine))
  if ((await standingOf(plan)) === "absent") return say(surroundings, "No watch is installed here.")
  say(
    surroundings,
    [...plan.files.map(({ path }) => `remove ${path}`), ...plan.end.map(commandLine)].join("\n"),
  )
  if (!(await agreed(options, machine))) return say(surroundings, "Nothing was changed.")
  // A watch that was ended by hand is no reason to leave its files.
  await runAll(plan.end, machine).catch((error: Error) => surroundings.stderr.write(`${error.message}\n`))
  await removePlan(plan)
  await runAll(plan.forget, machine)
  return say(surroundings, "The watch is gone.")
}

/** `tabard watch show`: what is installed, as it stands there. */
export async function watchShow(
  args: readonly string[],
  surroundings: Surroundings,
  machine: WatchMachine = thisMachine(),
): Promise<number> {
  if (!parseWatchShow(args)) return say(surroundings, WATCH_USAGE.show)
  const plan = PLAN_WATCH[machine.os](await jobOf(NO_JOB, surroundings, machine))
  if ((await standingOf(plan)) === "absent") return say(surroundings, "No watch is installed here.")
  for (const file of plan.files) say(surroundings, shownFile({ ...file, text: await writtenText(file) }))
  return 0
}

async function jobOf(
  { push, everyMs, paths }: WatchInstallOptions,
  surroundings: Surroundings,
  machine: WatchMachine,
): Promise<WatchJob> {
  const { home, env, cwd } = surroundings
  // Where settings are, and whose certificates are believed: without them the job would not find its key or its server.
  const own = { XDG_CONFIG_HOME: env["XDG_CONFIG_HOME"], NODE_EXTRA_CA_CERTS: env["NODE_EXTRA_CA_CERTS"] }
  const places = paths.map((path) => resolve(cwd, path))
  return {
    program: await machine.program(),
    args: ["scan", "--quiet", "--push", push, ...(places.length > 0 ? ["--", ...places] : [])],
    everyMs,
    home,
    settings: settingsFolder(surroundings),
    environment: stringsOf({ ...movingVariables(env), ...own }),
    uid: machine.uid,
  }
}

/** A watch that could not begin must not look installed. */
async function beginOrUndo(plan: WatchPlan, machine: WatchMachine): Promise<void> {
  try {
    await runAll(plan.begin, machine)
  } catch (error) {
    await removePlan(plan)
    throw error
  }
}

function stringsOf(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

function shown({ files, begin }: WatchPlan): string {
  return [...files.map(shownFile), ...begin.map(commandLine)].join("\n")
}

function shownFile({ path, text }: { path: string; text: string }): string {
  const lines = text.replace("\uFEFF", "").trimEnd().split("\n")
  return [visibleText(path), ...lines.map((line) => `  ${visibleText(line)}`)].join("\n")
}

function commandLine(command: PlannedCommand): string {
  return `run ${visibleText(command.join(" "))}`
}

async function writtenText({ path, encoding }: WatchPlan["files"][number]): Promise<string> {
  return readFile(path, encoding).catch(() => "(not there)")
}

async function agreed({ yes }: { readonly yes: boolean }, machine: WatchMachine): Promise<boolean> {
  if (yes) return true
  const answer = await machine.ask("Type yes to do this: ")
  if (answer === undefined)
    throw new Problem("body_invalid", "there is no terminal to ask at: look at it, and add --yes")
  return answer.trim().toLowerCase() === "yes"
}

async function runAll(commands: readonly PlannedCommand[], machine: WatchMachine): Promise<void> {
  for (const command of commands) {
    try {
      await machine.run(command)
    } catch (cause) {
      throw new Problem(
        "body_invalid",
        `${commandLine(command).slice(4)} failed: run it yourself to see why`,
        { cause },
      )
    }
  }
}

function say({ stdout }: Pick<Surroundings, "stdout">, words: string): 0 {
  stdout.write(`${words}\n`)
  return 0
}

function thisMachine(): WatchMachine {
  const runFile = promisify(execFile)
  return {
    os: operatingSystem(),
    uid: userInfo().uid,
    program: async () => [process.execPath, await realpath(process.argv[1] ?? "")],
    run: ([name, ...args]) => runFile(name, args),
    ask: async (question) => {
      if (!process.stdin.isTTY) return undefined
      const terminal = createInterface({ input: process.stdin, output: process.stdout })
      try {
        return await terminal.question(question)
      } finally {
        terminal.close()
      }
    },
  }
}
