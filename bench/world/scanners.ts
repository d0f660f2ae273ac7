import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type CommandRun, runCommand } from "./run-command.ts"

const TABARD = fileURLToPath(new URL("../../packages/cli/bin/tabard.js", import.meta.url))

/** A program that reads the same directory as we do, and what it says it found there. */
export interface Scanner {
  readonly name: string
  readonly run: (environment: NodeJS.ProcessEnv) => Promise<CommandRun>
  readonly found: (output: string) => string
}

/** Tabard itself, on a home directory (no roots) or beneath roots. */
export function tabardScanner(roots: readonly string[]): Scanner {
  return {
    name: "tabard scan --format json",
    run: (environment) =>
      runCommand(process.execPath, [TABARD, "scan", ...roots, "--format", "json"], environment),
    found: (output) => {
      const { agents, mcpServers, unreadable } = lists(output)
      return `${agents} agents, ${mcpServers} MCP servers, ${unreadable} unreadable`
    },
  }
}

/** Snyk's agent-scan, where BENCH_AGENT_SCAN says where it is installed; told to start no server. */
export function agentScan(): readonly Scanner[] {
  return installed("BENCH_AGENT_SCAN").map((command) => ({
    name: "snyk-agent-scan inspect",
    run: (environment) => runCommand(command, ["inspect", "--json", "--no-skills"], environment),
    found: (output) => `${output.match(/"server_name"|"command":/g)?.length ?? 0} MCP servers`,
  }))
}

/** SplxAI's agentic-radar, where BENCH_AGENTIC_RADAR says where it is installed; it reads for one framework at a time. */
export function agenticRadar(root: string, framework: string, graph: string): readonly Scanner[] {
  return installed("BENCH_AGENTIC_RADAR").map((command) => ({
    name: `agentic-radar scan ${framework}`,
    run: (environment) =>
      runCommand(command, ["scan", framework, "-i", root, "-o", graph, "--export-graph-json"], environment),
    found: (output) =>
      output.includes("didn't find") ? "no workflow of that framework" : "a graph of that framework",
  }))
}

function installed(variable: string): readonly string[] {
  const path = process.env[variable]
  return path !== undefined && existsSync(path) ? [path] : []
}

function lists(output: string): Readonly<Record<"agents" | "mcpServers" | "unreadable", number>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own report
  const report = JSON.parse(output) as Record<"agents" | "mcpServers" | "unreadable", readonly unknown[]>
  const { agents, mcpServers, unreadable } = report
  return { agents: agents.length, mcpServers: mcpServers.length, unreadable: unreadable.length }
}
