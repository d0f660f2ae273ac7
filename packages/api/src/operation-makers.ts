import { z } from "zod"
import type { Access, Operation } from "./operation.ts"

/** A page of a list; `next` goes into `after` or `before`. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** The shape of a page of these items. */
export function page<Item>(item: z.ZodType<Item>): z.ZodType<Page<Item>> {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** An operation that reads. */
export function get<I, A>(
  path: string,
  access: Access,
  summary: string,
  ...[input, answer]: [z.ZodType<I>, z.ZodType<A>]
): Operation<I, A> {
  return { method: "GET", path, access, summary, input, answer }
}

/** An operation that does something. */
export function post<I, A>(
  ...[path, access, summary, ...schemas]: Parameters<typeof get<I, A>>
): Operation<I, A> {
  return { ...get(path, access, summary, ...schemas), method: "POST" }
}

/** An operation after which something is as it was sent. */
export function put<I, A>(
  ...[path, access, summary, ...schemas]: Parameters<typeof get<I, A>>
): Operation<I, A> {
  return { ...get(path, access, summary, ...schemas), method: "PUT" }
}
