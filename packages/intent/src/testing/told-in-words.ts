import assert from "node:assert/strict"
import { hoursText } from "@tabard/policy"
import { askedWords } from "../ask-routes.ts"
import type { ArgumentLimit, Conditions, Manifest } from "../manifest.ts"
import type { AnyManifest } from "./any-manifest.ts"

/** What a copy of the words could forget: the manifest without it. */
export const FORGOTTEN: Readonly<Record<string, (manifest: Manifest) => Partial<Manifest>>> = {
  "limits of arguments": ({ tools }) => ({ tools: tools.map((tool) => ({ ...tool, arguments: {} })) }),
  "one limit of several": ({ tools }) => ({
    tools: tools.map((tool) => ({
      ...tool,
      arguments: Object.fromEntries(Object.entries(tool.arguments ?? {}).slice(1)),
    })),
  }),
  "conditions of a tool": ({ tools }) => ({ tools: tools.map((tool) => ({ ...tool, conditions: {} })) }),
  "conditions of all tools": () => ({ conditions: {} }),
  "how often": () => ({ limits: {} }),
  "how often by one tool": ({ tools }) => ({ tools: tools.map((tool) => ({ ...tool, limits: {} })) }),
  "its end": () => ({ expires: undefined }),
  "that it needs a task": () => ({ standing: true }),
  "how it proves itself": () => ({ identity: undefined }),
  "whom it asks before a tool": ({ tools }) => ({
    tools: tools.map((tool) => ({ ...tool, ask: undefined })),
  }),
  "whom it asks before an effect": () => ({ ask: {} }),
  "a tool of several": ({ tools }) => ({ tools: tools.slice(0, 1) }),
}

/** Throws where something that a manifest says is in none of the sentences that tell it. */
export function tellsEverything(tell: (any: AnyManifest) => readonly string[]): (any: AnyManifest) => void {
  return (any) => {
    const sentences = tell(any)
    const uses = sentences.filter((each) => each.startsWith("It may use "))
    for (const [index, { tool }] of any.calls.entries()) {
      const told = uses[index] ?? ""
      const words = [`It may use ${tool.name}`, ...aroundOf(any.manifest), ...boundsOf(any.manifest, index)]
      for (const word of words) assert.ok(told.includes(word), `${word} is not told: ${told}`)
    }
    for (const sentence of besides(any))
      assert.ok(sentences.includes(sentence), `${sentence} is not told: ${sentences.join(" ")}`)
  }
}

function aroundOf({ standing, identity = [], conditions = {} }: Manifest): readonly string[] {
  return [...(standing ? [] : ["within a task"]), ...identity, ...conditionsOf(conditions)]
}

function boundsOf({ tools }: Manifest, index: number): readonly string[] {
  const { arguments: limits = {}, conditions = {} } = tools[index] ?? {}
  const bounds = Object.entries(limits).flatMap(([name, limit]) => [
    ...("under" in limit ? [] : [name]),
    ...valuesIn(limit),
  ])
  return [...bounds, ...conditionsOf(conditions)]
}

function valuesIn(limit: ArgumentLimit): readonly string[] {
  if ("given" in limit) return [limit.given ? "given" : "left out"]
  return textsIn(Object.values(limit))
}

/** Every text within, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn)
  return typeof value === "string" || typeof value === "boolean" ? [`${value}`] : []
}

function conditionsOf({ networks = [], privateEndpoint, hours = [], posture = [] }: Conditions): string[] {
  return [
    ...networks,
    ...(privateEndpoint ? ["over a private endpoint"] : []),
    ...hours.map(hoursText),
    ...posture,
  ]
}

/** What is said in sentences of its own. */
function besides({ manifest, calls }: AnyManifest): readonly string[] {
  const { tools, ask = {}, expires, limits = {} } = manifest
  return [
    ...tools.flatMap(({ ask: asked }, index) =>
      asked ? [`It must ask ${askedWords(asked)} before each ${calls[index]?.tool.name}.`] : [],
    ),
    ...Object.entries(ask).map(
      ([effect, asked]) => `It must ask ${askedWords(asked)} before whatever has the effect ${effect}.`,
    ),
    ...(limits.calls ?? []).map(({ atMost, per }) => `It may make at most ${callsOf(atMost)} ${PER[per]}.`),
    ...(limits.spend ?? []).map(
      ({ atMost, currency, per }) => `It may spend at most ${atMost} ${currency} ${PER[per]}.`,
    ),
    ...tools.flatMap(({ limits: own = {}, server, tool }) =>
      [
        ...(own.calls ?? []).map(({ atMost, per }) => `make at most ${callsOf(atMost)} ${PER[per]}`),
        ...(own.spend ?? []).map(
          ({ atMost, currency, per }) => `spend at most ${atMost} ${currency} ${PER[per]}`,
        ),
      ].map((much) => `It may ${much} with ${server}/${tool}.`),
    ),
    ...(expires === undefined ? [] : [`It may do nothing after ${expires}.`]),
  ]
}

function callsOf(atMost: number): string {
  return atMost === 1 ? "one call" : `${atMost} calls`
}

const PER = {
  minute: "a minute",
  hour: "an hour",
  day: "a day",
  task: "in one task",
} as const
