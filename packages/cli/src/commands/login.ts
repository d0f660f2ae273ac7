import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import { isJsonObject, type Json, type JsonObject, Problem, visibleText } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { forgetSession, keepSession, keptSession } from "./kept-session.ts"
import { serverOrigin } from "./reporter-file.ts"

const USAGE = `usage: tabard login --server URL
       tabard logout

Signs this command line in as you, by a code that you type into the console. Other commands then ask as you where they are
given no API token, and that server where none is named. What is kept is a session of twelve hours, in a file of yours
alone; it is listed among your sessions, and ends there or with tabard logout.`

const GRANT = "urn:ietf:params:oauth:grant-type:device_code"

/** What a command ends with that its person stopped. */
const STOPPED = 130

/** How long a server may take to answer, in milliseconds. */
const PATIENCE_MS = 30_000

/** `tabard login`: signs this command line in by a code (RFC 8628). */
export async function login(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const server = serverIn(args)
  if (server === undefined) return help(surroundings)
  const { stdout, stderr, clock, host, signal } = surroundings
  const origin = serverOrigin(server)
  const begun = begunIn(await post(origin, "device_authorization", { client_id: "tabard", machine: host }))
  stderr.write(`Open ${begun.page} and type this code: ${begun.userCode}\n`)
  const ends = clock.now().getTime() + begun.lifeMs
  for (let everyMs = begun.everyMs; clock.now().getTime() < ends; ) {
    if (!(await pause(everyMs, true, { signal }).catch(() => false))) return STOPPED
    const answer = await post(origin, "token", {
      grant_type: GRANT,
      client_id: "tabard",
      device_code: begun.code,
    })
    if (typeof answer["access_token"] === "string") {
      await keepSession(surroundings, { server: origin, token: answer["access_token"] })
      stdout.write(`This command line is signed in at ${origin}.\n`)
      return 0
    }
    if (answer["error"] === "slow_down") everyMs += begun.everyMs
    else if (answer["error"] !== "authorization_pending") throw refusal(answer)
  }
  throw new Problem("sign_in_invalid", "nobody typed the code in time: begin again")
}

/** `tabard logout`: ends the session, here and at the server. */
export async function logout(args: readonly string[], surroundings: Surroundings): Promise<number> {
  if (args.length > 0) return help(surroundings)
  const kept = await keptSession(surroundings)
  if (!kept) throw new Problem("session_required", "this command line is not signed in")
  await forgetSession(surroundings)
  await askApi({ ...kept, path: "/sign-out", body: {} })
  surroundings.stdout.write(`This command line is signed out at ${kept.server}.\n`)
  return 0
}

function serverIn(args: readonly string[]): string | undefined {
  try {
    const options = { server: { type: "string" }, help: { type: "boolean", short: "h" } } as const
    const { values } = parseArgs({ args: [...args], options })
    if (values.help) return undefined
    if (!values.server) throw new UsageError(`--server is needed\n${USAGE}`)
    return values.server
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

interface Begun {
  readonly code: string
  readonly userCode: string
  readonly page: string
  readonly everyMs: number
  readonly lifeMs: number
}

/** What a server says is shown to a person, so it steers no terminal. */
function begunIn(answer: JsonObject): Begun {
  const { device_code: code, user_code: userCode, verification_uri: page } = answer
  if (typeof code !== "string" || typeof userCode !== "string" || typeof page !== "string")
    throw refusal(answer)
  const seconds = (name: string, otherwise: number): number => {
    const value = Number(answer[name])
    return value >= 1 && value <= 3600 ? value : otherwise
  }
  return {
    code,
    userCode: visibleText(userCode).slice(0, 40),
    page: visibleText(page).slice(0, 500),
    everyMs: seconds("interval", 5) * 1000,
    lifeMs: seconds("expires_in", 600) * 1000,
  }
}

function refusal({ error, error_description: words }: JsonObject): Problem {
  const said =
    typeof words === "string" ? words : typeof error === "string" ? error : "it says nothing of why"
  return new Problem("sign_in_invalid", `not signed in: ${visibleText(said).slice(0, 500)}`)
}

async function post(
  origin: string,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const answer = await fetch(`${origin}/oauth/${path}`, {
    method: "POST",
    body: new URLSearchParams({ ...form }),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw new Problem("body_invalid", `no Tabard answers at ${origin}`, { cause })
  })
  try {
    const said: Json = JSON.parse((await answer.text()).slice(0, 100_000))
    if (isJsonObject(said)) return said
  } catch (cause) {
    throw new Problem("body_invalid", `${origin} answers as no Tabard does (${answer.status})`, { cause })
  }
  throw new Problem("body_invalid", `${origin} answers as no Tabard does (${answer.status})`)
}

function help({ stdout }: Surroundings): number {
  stdout.write(`${USAGE}\n`)
  return 0
}
