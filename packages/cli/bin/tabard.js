#!/usr/bin/env node
// Runs on any Node from 18 on: finds a Node that can run Tabard (24 or newer) and hands over to it, or says what to install.
import { spawn, spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import * as module from "node:module"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const NEEDED = 24
const here = dirname(fileURLToPath(import.meta.url))

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  const built = join(here, "../dist/main.js")
  if (!existsSync(built)) rememberStripped()
  const { main } = await import(existsSync(built) ? built : "../src/main.ts")
  process.exitCode = await main(process.argv.slice(2))
} else {
  const node = broughtAlong() ?? onPath()
  if (!node) {
    process.stderr.write(
      `Tabard needs Node ${NEEDED} or newer, and this is ${process.versions.node}. Install it from https://nodejs.org and try again.\n`,
    )
    process.exit(1)
  }
  handOverTo(node)
}

/** Runs the same under another Node, and ends as it ends. Whoever stops this process means that one. */
function handOverTo(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" })
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"]
  for (const name of signals) process.on(name, () => child.kill(name))
  child.on("error", (error) => {
    process.stderr.write(`Tabard could not be started with ${node}: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on("exit", (status, signal) => {
    for (const name of signals) process.removeAllListeners(name)
    if (signal) process.kill(process.pid, signal)
    process.exitCode = status ?? 1
  })
}

/**
 * A clone runs with its types stripped, which takes longer than most commands do. What was stripped is kept among the
 * installed modules: who can write there can change what is run anyway.
 */
function rememberStripped() {
  const modules = join(here, "../../../node_modules")
  if (existsSync(modules)) module.enableCompileCache(join(modules, ".cache/tabard"))
}

/** The Node that Tabard brings along for this machine, if there is one for it. */
function broughtAlong() {
  const name = `node-${process.platform}-${process.arch}`
  try {
    const folder = dirname(module.createRequire(import.meta.url).resolve(`${name}/package.json`))
    const node = join(folder, "bin/node")
    return existsSync(node) ? node : undefined
  } catch {
    return undefined
  }
}

/** The first Node on PATH that is new enough. */
function onPath() {
  const names = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "node"))
  return names.find((node) => {
    const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" })
    return Number(/^v(\d+)/.exec(stdout ?? "")?.[1]) >= NEEDED
  })
}
