import { MOST_NETWORKS, MOST_WINDOWS, type TimeWindow, WEEKDAYS } from "@tabard/core"
import { z } from "zod"
import type { ArgumentLimit, Conditions, Texts } from "../manifest.ts"

/** The most values of one list. */
const MOST_VALUES = 100

const value = z.string().max(1000)
const amount = z.string().regex(/^-?\d{1,14}(\.\d{1,4})?$/)
const setName = z.string().min(1).max(100)

const LIMIT_WORDS =
  'a limit is { under: "/folder" }, { atMost: "500.00", atLeast: "1" } with quotes, { exactly: "x" }, { oneOf: ["a", "b"] }, { inSet: "payees" }, { host: "*.example.com" }, { recipient: "@example.com" }, { matches: "[a-z]+" } or { given: false }'

/** Answers the schema of one text, several, or a set of them that is kept elsewhere. */
function texts(one: z.ZodString): z.ZodType<Texts> {
  return z.union([one, z.array(one).min(1).max(MOST_VALUES), z.strictObject({ inSet: setName })])
}

/** A bound on one argument. */
export const ArgumentLimitSchema: z.ZodType<ArgumentLimit> = z
  .union(
    [
      z.strictObject({ under: texts(z.string().min(1).max(4096)) }),
      z.strictObject({ atMost: amount, atLeast: amount.optional() }),
      z.strictObject({ atLeast: amount }),
      z.strictObject({ exactly: z.union([value, z.boolean()]) }),
      z.strictObject({ oneOf: z.array(value).min(1).max(MOST_VALUES) }),
      z.strictObject({ inSet: setName }),
      z.strictObject({ host: texts(z.string().min(1).max(253)) }),
      z.strictObject({ recipient: texts(z.string().min(2).max(320)) }),
      z.strictObject({ matches: z.string().min(1).max(500) }),
      z.strictObject({ given: z.boolean() }),
    ],
    { error: LIMIT_WORDS },
  )
  .describe(
    "One bound: under (folders), atMost and atLeast (amounts in quotes), exactly, oneOf, inSet, host, recipient, matches (a pattern for the whole text), given.",
  )

const window: z.ZodType<TimeWindow> = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).max(WEEKDAYS.length),
  from: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/),
  zone: z.string().min(1).max(64),
})

/** What has to be so around a call. */
export const ConditionsSchema: z.ZodType<Conditions> = z.strictObject({
  networks: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .min(1)
    .max(MOST_NETWORKS)
    .optional()
    .describe("Networks (CIDR): a call comes from any one of them."),
  privateEndpoint: z.literal(true).optional().describe("Calls come over a private endpoint."),
  hours: z.array(window).min(1).max(MOST_WINDOWS).optional().describe("Hours: within any one of them."),
  posture: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(20)
    .optional()
    .describe("What the door has to say of the client, all of it."),
})
