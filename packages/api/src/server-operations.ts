import { administrators } from "./access-groups.ts"
import { ServerRegistration } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { ServerView } from "./views/server.ts"

/** Servers behind the gateway. */
export interface ServerOperations {
  readonly listServers: Operation<PageQuery, Page<ServerView>>
  readonly registerServer: Operation<ServerRegistration, ServerView>
}

export const SERVER_OPERATIONS: ServerOperations = {
  listServers: list("/servers", "signed-in", "Servers behind the gateway, by name", Paged, ServerView),
  registerServer: post(
    "/servers",
    administrators,
    "Puts a server behind the gateway and pins its tools",
    ServerRegistration,
    ServerView,
  ),
}
