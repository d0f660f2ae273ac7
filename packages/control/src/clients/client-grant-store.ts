import type { ClientGrant, ClientId, Id } from "@tabard/core"
import type { ClientPage } from "./client-store.ts"

/** Which grants are asked for: of one person, of one client, or all. */
export interface ClientGrantQuery extends ClientPage<"clientGrant"> {
  readonly user?: Id<"user">
  readonly client?: ClientId
}

/** Keeps what people let clients do. Each sentence below is a test in client-grant-store.contract.ts. */
export interface ClientGrantStore {
  /** Answers what is kept of this person and client, also where it was never agreed to or has ended. */
  find(user: Id<"user">, client: ClientId): Promise<ClientGrant | undefined>

  /** Answers the grant of this id; undefined where there is none here. */
  byId(id: Id<"clientGrant">): Promise<ClientGrant | undefined>

  /** Answers the grant whose tokens this instance is issued; undefined where there is none. */
  ofInstance(instance: Id<"instance">): Promise<ClientGrant | undefined>

  /** Keeps one that nobody agreed to yet; of any number for one person and client, exactly one answers true. */
  ask(grant: ClientGrant): Promise<boolean>

  /** Gives a grant another agent, and takes its agreement away; for one whose agent is gone. */
  askAnew(id: Id<"clientGrant">, anew: Pick<ClientGrant, "agent" | "name" | "askedAt">): Promise<void>

  /** Says that its person agreed, for this agent through this instance; what had ended stands again. */
  agree(
    id: Id<"clientGrant">,
    agreed: { agent: Id<"agent">; instance: Id<"instance">; name: string; at: Date },
  ): Promise<void>

  /**
   * Ends a grant that stands, and keeps whether its person did; one that its person signed out, somebody else may end
   * after that. Of any number of calls of a kind, exactly one answers true.
   */
  end(id: Id<"clientGrant">, ended: { readonly at: Date; readonly signedOut: boolean }): Promise<boolean>

  /** Ends for good what a person had signed out: no later word of their provider's lets it in again. */
  putOut(user: Id<"user">): Promise<void>

  /** Answers the grants that stand: agreed to, and not ended. */
  list(query: ClientGrantQuery): Promise<readonly ClientGrant[]>
}
