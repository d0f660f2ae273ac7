import { z } from "zod"
import type { Access, Operation } from "./operation.ts"
import type { Page, PageQuery } from "./paging.ts"

/** An operation that reads. */
export function get<I, A>(
  path: string,
  access: Access,
  summary: string,
  ...[input, answer]: [z.ZodType<I>, z.ZodType<A>]
): Operation<I, A> {
  return { method: "GET", path, access, summary, input, answer }
}

/** An operation that reads a list, a page at a time: whatever it can be asked for, it takes `after` and `limit` besides. */
export function list<Query extends PageQuery, Item>(
  path: string,
  access: Access,
  summary: string,
  ...[query, item]: [z.ZodType<Query>, z.ZodType<Item>]
): Operation<Query, Page<Item>> {
  const page: z.ZodType<Page<Item>> = z.object({ items: z.array(item), next: z.string().nullable() })
  return get(path, access, summary, query, page)
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
