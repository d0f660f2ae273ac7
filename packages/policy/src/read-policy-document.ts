import { policySetTextToParts } from "@cedar-policy/cedar-wasm/nodejs"
import { nestingComplaint } from "./cedar/nesting.ts"
import { alternatives } from "./facts/asked-facts.ts"
import { letsStrangersIn } from "./facts/public-suffix.ts"
import { maskComments } from "./mask-comments.ts"
import { invalid, type ParsedPolicy, parsePolicy } from "./parse-policy.ts"
import { PolicyInvalid, positionAt, type TextPosition } from "./policy-invalid.ts"
import { whyUnbound } from "./why-unbound.ts"

/** A policy of a document that a person wrote, and where it stands there. */
export interface WrittenPolicy {
  readonly id: string
  readonly text: string
  readonly effect: ParsedPolicy["json"]["effect"]
  readonly kind: ParsedPolicy["kind"]
  readonly json: ParsedPolicy["json"]
  readonly position: TextPosition
}

/** The most policies of one document, and the most characters. */
export const MOST_POLICIES = 500
const MOST_CHARACTERS = 262_144

/** How a policy is named by its @id. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/

/**
 * Reads a document of Cedar policies. Each has the id of the document's owner, a slash, and its @id or else its number; one that
 * would bind nobody is refused.
 *
 * @throws {PolicyInvalid} naming line and column of the document
 */
export function readPolicyDocument(document: string, owner: string): readonly WrittenPolicy[] {
  if (document.length > MOST_CHARACTERS)
    throw new PolicyInvalid(owner, `a document holds at most ${MOST_CHARACTERS} characters`)
  const text = maskComments(document)
  const parts = partsOf(text, owner)
  if (parts.length > MOST_POLICIES)
    throw new PolicyInvalid(owner, `a document holds at most ${MOST_POLICIES} policies`)
  const read = parts.map((part, index) => written(part, owner, index))
  assertDistinct(read)
  return read
}

interface Part {
  readonly text: string
  readonly position: TextPosition
}

/** Cedar answers the policies in an order of its own: the text says which came first. */
function partsOf(text: string, owner: string): readonly Part[] {
  const tooDeep = nestingComplaint(text)
  if (tooDeep) throw invalid(owner, text, tooDeep)
  const answer = policySetTextToParts(text)
  if (answer.type === "failure") throw invalid(owner, text, answer.errors[0])
  if (answer.policy_templates.length > 0)
    throw new PolicyInvalid(owner, "a policy with slots (?principal, ?resource) says nothing by itself")
  // One policy may be the end of a longer one: what was found is blotted out, the longest first.
  let left = text
  const found = answer.policies
    .toSorted((a, b) => b.length - a.length)
    .map((part) => {
      const start = left.indexOf(part)
      left = left.slice(0, start) + " ".repeat(part.length) + left.slice(start + part.length)
      return { text: part, start }
    })
  return found
    .toSorted((a, b) => a.start - b.start)
    .map(({ text: part, start }) => ({
      text: part,
      position: positionAt(text, Buffer.byteLength(text.slice(0, start))),
    }))
}

function written({ text, position }: Part, owner: string, index: number): WrittenPolicy {
  try {
    const { json, kind, asked } = parsePolicy({ id: `${owner}/${index + 1}`, text })
    const unbound = whyUnbound({ json, kind }) ?? whyTooWide({ json, asked })
    if (unbound !== undefined) throw new PolicyInvalid(owner, unbound)
    const name = json.annotations?.["id"]
    if (name !== undefined && !NAME.test(name ?? ""))
      throw new PolicyInvalid(owner, "an @id is a letter, then letters, digits, - and _, 64 at most")
    return { id: `${owner}/${name ?? index + 1}`, text, effect: json.effect, kind, json, position }
  } catch (error) {
    throw error instanceof PolicyInvalid ? within(error, owner, position) : error
  }
}

/** What a forbid names may be as wide as it likes. */
function whyTooWide({ json, asked }: Pick<ParsedPolicy, "asked" | "json">): string | undefined {
  if (json.effect === "forbid") return undefined
  const open = asked.texts
    .filter(({ fact }) => fact !== "matches")
    .flatMap(({ operand }) => alternatives(operand))
    .find(letsStrangersIn)
  return open && `${open} lets in strangers: whoever signs up gets a name there`
}

/** Says a complaint about one policy with its place in the document that it stands in. */
export function within(error: PolicyInvalid, owner: string, { line, column }: TextPosition): PolicyInvalid {
  const { position, words } = error
  return new PolicyInvalid(owner, words, {
    line: line + position.line - 1,
    column: position.line === 1 ? column + position.column - 1 : position.column,
  })
}

function assertDistinct(policies: readonly WrittenPolicy[]): void {
  const known = new Set<string>()
  for (const { id, position } of policies) {
    if (known.has(id)) throw new PolicyInvalid(id, "this id stands twice", position)
    known.add(id)
  }
}
