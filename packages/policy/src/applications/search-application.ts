import type { CompiledApplication } from "./compile-application.ts"
import {
  type ApplicationAnswer,
  type ApplicationQuestion,
  evaluateApplication,
} from "./evaluate-application.ts"

/** What is looked for: every subject, resource or action for which the rest of the question is permitted. */
export type Sought = "subject" | "resource" | "action"

/** One that was found, with what is demanded of whoever lets it through. */
export interface Found {
  readonly name: string
  readonly answer: ApplicationAnswer
}

/** Where a page of a search begins, how much it holds, and what of what is permitted belongs into it. */
export interface SearchPage {
  readonly from: number
  readonly limit: number
  readonly isWanted?: (answer: ApplicationAnswer) => boolean
  /** Awaited between any two that are looked at. */
  readonly between: () => Promise<void>
}

/** A page of what was found, and where the next one begins; null where nothing more is found. */
export interface SearchResult {
  readonly found: readonly Found[]
  readonly next: number | null
  /** Where two judges differ about any that was looked at: about what. */
  readonly dispute?: string
}

/**
 * Answers what is permitted, a page at a time, by one evaluation for each that the application keeps; actions are asked
 * for without properties.
 */
export async function searchApplication(
  application: CompiledApplication,
  sought: Sought,
  question: ApplicationQuestion,
  { from, limit, isWanted = () => true, between }: SearchPage,
): Promise<SearchResult> {
  const candidates = candidatesOf(application, sought, question)
  const found: Found[] = []
  let dispute: string | undefined
  const page = (next: number | null): SearchResult => ({
    found,
    next,
    ...(dispute !== undefined && { dispute }),
  })
  for (let at = from; at < candidates.length; at++) {
    if (at > from) await between()
    const name = candidates[at] ?? ""
    const answer = evaluateApplication(application, about(sought, question, name))
    dispute ??= answer.dispute
    if (answer.permitted && isWanted(answer)) {
      // One more than is asked for tells that there are more, and where.
      if (found.length === limit) return page(at)
      found.push({ name, answer })
    }
  }
  return page(null)
}

function candidatesOf(
  { schema, idsByType }: CompiledApplication,
  sought: Sought,
  question: ApplicationQuestion,
): readonly string[] {
  if (sought === "action") return [...schema.actions.keys()].toSorted()
  const type = schema.entities.get(question[sought].type)?.type
  return (type === undefined ? undefined : idsByType.get(type)) ?? []
}

function about(sought: Sought, question: ApplicationQuestion, name: string): ApplicationQuestion {
  if (sought === "action") return { ...question, action: { name, properties: {} } }
  return { ...question, [sought]: { ...question[sought], id: name } }
}
