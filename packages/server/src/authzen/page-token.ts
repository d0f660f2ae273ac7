// Paging of searches: https://openid.net/specs/authorization-api-1_0.html §8.2
import { createHash } from "node:crypto"
import type { Sought } from "@tabard/control"
import { canonicalText, isJsonObject, isLosslessNumber, type Json, type JsonObject } from "@tabard/core"
import { z } from "zod"
import { malformed } from "./access-refused.ts"

/** The most results of a page. */
export const MOST_RESULTS = 100

/** Which page of a search is asked for. */
export interface AskedPage {
  readonly from: number
  readonly limit: number
  /** The version that the search began at; null at its beginning. */
  readonly version: number | null
  /** Whether the request names a page at all. */
  readonly named: boolean
  /** Stands for the question, which has to be the same on every page. */
  readonly digest: string
}

const Token = z.tuple([
  z.string().length(43),
  z.number().int().min(0),
  z.number().int().min(0),
  z.number().int().min(0).max(MOST_RESULTS),
])

/**
 * Reads which page a search asks for. A token is good for the question that it was given to alone.
 *
 * @throws {AccessRefused} 400
 */
export function readPage(body: JsonObject, sought: Sought): AskedPage {
  const { page, ...question } = body
  const digest = digestOf(sought, question)
  if (page === undefined || page === null) {
    return { from: 0, limit: MOST_RESULTS, version: null, named: false, digest }
  }
  if (!isJsonObject(page)) throw malformed("page has to be an object")
  const limit = limitIn(page["limit"])
  const { token } = page
  if (token === undefined || token === null || token === "")
    return { from: 0, limit: limit ?? MOST_RESULTS, version: null, named: true, digest }
  return { ...begun(token, { digest, limit }), named: true, digest }
}

/**
 * Answers the token of the page that begins at `next`; an empty one says that there is no more. Pages of no results have no
 * next one: whoever turned them would never come to an end.
 */
export function nextToken(page: AskedPage, version: number, next: number | null): string {
  if (next === null || page.limit === 0) return ""
  return Buffer.from(JSON.stringify([page.digest, version, next, page.limit])).toString("base64url")
}

function begun(
  token: Json,
  { digest, limit }: { readonly digest: string; readonly limit: number | undefined },
): Pick<AskedPage, "from" | "limit" | "version"> {
  const read = Token.safeParse(jsonIn(token))
  if (!read.success) throw malformed("page.token is none of ours: send next_token as it was answered")
  const [asked, version, from, before] = read.data
  if (asked !== digest || (limit !== undefined && limit !== before))
    throw malformed("the question is not the one that this page token was given to: begin anew without it")
  return { from, limit: before, version }
}

function limitIn(said: Json | undefined): number | undefined {
  if (said === undefined || said === null) return undefined
  const limit = isLosslessNumber(said) ? Number(said.value) : said
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 0)
    throw malformed("page.limit has to be a whole number, and not below zero")
  return Math.min(limit, MOST_RESULTS)
}

function digestOf(sought: Sought, question: JsonObject): string {
  return createHash("sha256")
    .update(`${sought} ${textOf(question)}`)
    .digest("base64url")
}

function textOf(question: JsonObject): string {
  try {
    return canonicalText(question)
  } catch {
    throw malformed("the question holds half a character")
  }
}

function jsonIn(token: Json): unknown {
  try {
    return typeof token === "string" ? JSON.parse(Buffer.from(token, "base64url").toString()) : undefined
  } catch {
    return undefined
  }
}
