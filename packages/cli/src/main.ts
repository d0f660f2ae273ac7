import { readFile } from "node:fs/promises"
import type { Command } from "./command.ts"
import { EXIT, explainError } from "./explain-error.ts"
import { OBSERVE_COMMANDS } from "./observe-commands.ts"
import { POLICY_COMMANDS } from "./policy-commands.ts"
import { machineSurroundings, type Surroundings } from "./surroundings.ts"

const COMMANDS: Readonly<Record<string, Command>> = {
  up: {
    load: async () => (await import("./commands/up.ts")).up,
    takes: "",
    does: "start the server and its console",
  },
  scan: {
    load: async () => (await import("./commands/scan-command.ts")).scanCommand,
    takes: " [PATH…]",
    does: "which agents and MCP servers are here, with which keys, how freely",
  },
  ...POLICY_COMMANDS,
  ...OBSERVE_COMMANDS,
  run: {
    load: async () => (await import("./commands/run.ts")).run,
    takes: " --agent NAME -- COMMAND",
    does: "run a process that can act as an agent, and holds no key",
  },
  token: {
    load: async () => (await import("./commands/token.ts")).token,
    takes: " --agent NAME",
    does: "a token that is bound to an agent's key, or the headers of one request",
  },
  login: {
    load: async () => (await import("./commands/login.ts")).login,
    takes: " --server URL",
    does: "sign this command line in as you, by a code",
  },
  logout: {
    load: async () => (await import("./commands/login.ts")).logout,
    takes: "",
    does: "end that session",
  },
  "agents enroll": {
    load: async () => (await import("./commands/agents-enroll.ts")).agentsEnroll,
    takes: "",
    does: "make a key for an adopted agent and enrol it by a one-time code",
  },
  "agents list": {
    load: async () => (await import("./commands/agents-standing.ts")).agentsList,
    takes: "",
    does: "the agents, a line each",
  },
  "agents show": {
    load: async () => (await import("./commands/agents-standing.ts")).agentsShow,
    takes: " ID",
    does: "one agent, and how it proves itself",
  },
  "agents suspend": {
    load: async () => (await import("./commands/agents-standing.ts")).agentsSuspend,
    takes: " ID --reason WORDS",
    does: "stop an agent at once",
  },
  "agents resume": {
    load: async () => (await import("./commands/agents-standing.ts")).agentsResume,
    takes: " ID --reason WORDS",
    does: "let a stopped agent act again",
  },
  "agents quarantine": {
    load: async () => (await import("./commands/agents-standing.ts")).agentsQuarantine,
    takes: " ID --reason WORDS",
    does: "stop an agent until a person has looked at it",
  },
  "agents revoke-key": {
    load: async () => (await import("./commands/agents-standing.ts")).agentsRevokeKey,
    takes: " ID INSTANCE --reason WORDS",
    does: "end one install of an agent, its keys and its tokens",
  },
  "agents rotate": {
    load: async () => (await import("./commands/agents-rotate.ts")).agentsRotate,
    takes: "",
    does: "put a new key in the place of an agent's present one",
  },
  "agents export": {
    load: async () => (await import("./commands/agents-register.ts")).agentsExport,
    takes: "",
    does: "the register of agents, as CSV",
  },
  "agents import": {
    load: async () => (await import("./commands/agents-register.ts")).agentsImport,
    takes: " FILE",
    does: "tell what a register changes, and change it",
  },
  "people export": {
    load: async () => (await import("./commands/people-file.ts")).peopleExport,
    takes: "",
    does: "the people of the directory, as CSV",
  },
  "people import": {
    load: async () => (await import("./commands/people-file.ts")).peopleImport,
    takes: " FILE",
    does: "tell what a file of people changes, and change it",
  },
  retire: {
    load: async () => (await import("./commands/retire.ts")).retire,
    takes: " AGENT",
    does: "how an agent ends, and end it for ever",
  },
  "retire certificate": {
    load: async () => (await import("./commands/retire-certificate.ts")).retireCertificate,
    takes: " AGENT",
    does: "what proves that an agent ended, as one file",
  },
  "retire verify": {
    load: async () => (await import("./commands/retire-verify.ts")).retireVerify,
    takes: " FILE",
    does: "verify such a certificate offline",
  },
  "reporters enroll": {
    load: async () => (await import("./commands/reporters-enroll.ts")).reportersEnroll,
    takes: " URL CODE",
    does: "let this machine push what it scans, by a one-time code",
  },
  "watch install": {
    load: async () => (await import("./commands/watch.ts")).watchInstall,
    takes: " --push URL",
    does: "have this system scan and push for good",
  },
  "watch show": {
    load: async () => (await import("./commands/watch.ts")).watchShow,
    takes: "",
    does: "what this system was told to scan",
  },
  "watch uninstall": {
    load: async () => (await import("./commands/watch.ts")).watchUninstall,
    takes: "",
    does: "end that, and take away what was written",
  },
  "authzen list": {
    load: async () => (await import("./commands/authzen.ts")).authzenList,
    takes: "",
    does: "the applications of the decision point",
  },
  "authzen show": {
    load: async () => (await import("./commands/authzen.ts")).authzenShow,
    takes: " NAME",
    does: "one application: its schema and its policies",
  },
  "authzen put": {
    load: async () => (await import("./commands/authzen.ts")).authzenPut,
    takes: " NAME",
    does: "put an application in force",
  },
  "authzen remove": {
    load: async () => (await import("./commands/authzen.ts")).authzenRemove,
    takes: " NAME --reason WORDS",
    does: "take an application out of force",
  },
  "authzen load-fixture": {
    load: async () => (await import("./commands/authzen.ts")).authzenLoadFixture,
    takes: " [NAME]",
    does: "the application that the AuthZEN certification asks about",
  },
  "trust list": {
    load: async () => (await import("./commands/trust.ts")).trustList,
    takes: "",
    does: "the rules by which outside workloads are agents",
  },
  "trust show": {
    load: async () => (await import("./commands/trust.ts")).trustShow,
    takes: " RULE",
    does: "which tokens a rule takes",
  },
  "trust add": {
    load: async () => (await import("./commands/trust.ts")).trustAdd,
    takes: " FORM --agent ID",
    does: "let outside workloads be an agent",
  },
  "trust test": {
    load: async () => (await import("./commands/trust.ts")).trustTest,
    takes: " RULE",
    does: "what a rule does with a token",
  },
  "trust remove": {
    load: async () => (await import("./commands/trust.ts")).trustRemove,
    takes: " RULE",
    does: "end a rule and what came of it",
  },
  "keys rewrap": {
    load: async () => (await import("./commands/keys-rewrap.ts")).keysRewrap,
    takes: " --server URL",
    does: "seal the server's keys under its present key-encryption key",
  },
  "audit verify": {
    load: async () => (await import("./commands/audit-verify.ts")).auditVerify,
    takes: " [DIR|URL]",
    does: "verify the log, without believing a server",
  },
  "audit proof": {
    load: async () => (await import("./commands/audit-proof.ts")).auditProof,
    takes: " ID --server URL",
    does: "write what proves an event, or verify that offline",
  },
  "audit show": {
    load: async () => (await import("./commands/audit-show.ts")).auditShow,
    takes: " ID --server URL",
    does: "one event of the record",
  },
  "audit tail": {
    load: async () => (await import("./commands/audit-tail.ts")).auditTail,
    takes: " --server URL",
    does: "the newest events, and those to come",
  },
}

const HELP_WORDS: readonly (string | undefined)[] = ["--help", "-h", "help"]
const VERSION_WORDS: readonly (string | undefined)[] = ["--version", "-v", "version"]

/** Runs the command line, and answers its exit code. Errors say what to do next. */
export async function main(args: readonly string[], surroundings?: Surroundings): Promise<number> {
  if (!surroundings) {
    using machine = machineSurroundings()
    return await main(args, machine.surroundings)
  }
  try {
    return await run(args, surroundings)
  } catch (error) {
    return explainError(error, surroundings, args)
  }
}

async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const names = [args.slice(0, 2).join(" "), args[0] ?? ""]
  const name = names.find((each) => Object.hasOwn(COMMANDS, each)) ?? ""
  const command = COMMANDS[name]
  if (command) return (await command.load())(args.slice(name.split(" ").length), surroundings)
  if (VERSION_WORDS.includes(args[0])) return say(surroundings.stdout, `tabard ${await version()}\n`)
  return guide(args, surroundings)
}

/** What is said where no command was named: what there is, or what the words so far begin. */
function guide([first, second]: readonly string[], surroundings: Surroundings): number {
  if (first === undefined || HELP_WORDS.includes(first)) return say(surroundings.stdout, help(""))
  const isGroup = Object.keys(COMMANDS).some((name) => name.startsWith(`${first} `))
  if (!isGroup) return unknownCommand("", first, surroundings)
  if (HELP_WORDS.includes(second)) return say(surroundings.stdout, help(`${first} `))
  return unknownCommand(`${first} `, second, surroundings)
}

function say(screen: Surroundings["stdout"], words: string): 0 {
  screen.write(words)
  return 0
}

function unknownCommand(prefix: string, word: string | undefined, { stderr }: Surroundings): number {
  const named = `tabard ${prefix}`.trimEnd()
  const lacks =
    word === undefined ? `${named} needs a command.` : `${named} has no command ${JSON.stringify(word)}.`
  stderr.write(`${lacks}\n\n${help(prefix)}`)
  return EXIT.usage
}

/** The commands whose names begin so, a line each. */
function help(prefix: string): string {
  const lines = Object.entries(COMMANDS)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, { takes, does }]) => `  ${`tabard ${name}${takes}`.padEnd(33)}  ${does}`)
  return `tabard – identity and access control for AI agents

${lines.join("\n")}

Each says more with --help; tabard --version says which one this is. Exit codes: 0 done, 1 failed or refused, 2 wrong
arguments, 130 stopped; tabard scan has four of its own, tabard plan three, tabard check, tabard lock,
tabard apply and tabard policy test one.
`
}

async function version(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"))
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "of an unknown version"
}
