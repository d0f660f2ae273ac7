import type { Id } from "@tabard/core"

/** A signed-in person's session; only the hash of its cookie is kept. */
export interface Session {
  readonly id: Id<"session">
  readonly tokenHash: string
  readonly user: Id<"user">
  readonly createdAt: Date
  readonly expiresAt: Date
  /** When it was last used, to the minute. */
  readonly lastSeen: Date
  /** What the browser called itself where it began: a stranger's word, bounded. */
  readonly agent: string | null
}

/** By what a session is judged to be live: its own end, and that it was used lately. */
export interface SessionMoment {
  readonly now: Date
  readonly usedAfter: Date
}

/** Keeps sessions. Each sentence below is a test in session-store.contract.ts. */
export interface SessionStore {
  /** Rejects where the id or the hash is taken. */
  insert(session: Session): Promise<void>

  /** Answers undefined where there is none, its time has passed, it lay idle or its person is not active. */
  findLive(tokenHash: string, at: SessionMoment): Promise<Session | undefined>

  /** Answers a person's live sessions, the newest first, those behind `after`. */
  listLive(
    user: Id<"user">,
    at: SessionMoment,
    page: { readonly after?: Pick<Session, "id" | "createdAt">; readonly limit: number },
  ): Promise<readonly Session[]>

  /** Says that a session was used; an earlier time changes nothing. */
  touch(id: Id<"session">, seen: Date): Promise<void>

  /** Ends one session; answers false where it was not there. */
  end(id: Id<"session">): Promise<boolean>

  /** Ends every session of a person but the newest `keep`; answers which. */
  endAllOf(user: Id<"user">, keep: number): Promise<readonly Id<"session">[]>

  /**
   * Keeps that a person used a browser. Answers `first` where they used none before, `new` where only others, else `known`;
   * of any number of calls for one browser exactly one is answered otherwise than `known`.
   */
  meetBrowser(user: Id<"user">, browser: string, at: Date): Promise<"first" | "new" | "known">

  /** Drops sessions that expired before `before`; answers how many. */
  prune(before: Date): Promise<number>
}

/** A one-time way in for the administrator; only the hash of its code is kept. */
export interface SignInLink {
  readonly codeHash: string
  readonly expiresAt: Date
}

/** Keeps sign-in links. Each sentence below is a test in sign-in-link-store.contract.ts. */
export interface SignInLinkStore {
  /** Offers a link in place of every one before: only the newest works. */
  offer(link: SignInLink): Promise<void>

  /** Answers whether the link is there and unexpired, without using it. */
  valid(codeHash: string, now: Date): Promise<boolean>

  /** Takes an unexpired link: of any number of takers exactly one answers true, and it is gone. */
  take(codeHash: string, now: Date): Promise<boolean>
}

/** A one-time way in for one person; only the hash of its code is kept. */
export interface Invitation {
  readonly codeHash: string
  readonly user: Id<"user">
  readonly expiresAt: Date
}

/** Keeps invitations. Each sentence below is a test in invitation-store.contract.ts. */
export interface InvitationStore {
  /** Offers a person an invitation in place of any before: only their newest works. */
  offer(invitation: Invitation): Promise<void>

  /** Answers whether the invitation is there and unexpired, without using it. */
  valid(codeHash: string, now: Date): Promise<boolean>

  /** Takes an unexpired invitation: of any number of takers exactly one is answered whose it was, and it is gone. */
  take(codeHash: string, now: Date): Promise<Id<"user"> | undefined>

  /** Answers until when an unexpired invitation waits for a person. */
  pendingUntil(user: Id<"user">, now: Date): Promise<Date | undefined>

  /** Takes a person's invitation back, if there is one. */
  withdraw(user: Id<"user">): Promise<void>
}

/** Who a person is at an OpenID provider: the issuer and its own id of them, which never changes hands as an email may. */
export interface ProviderIdentity {
  readonly issuer: string
  readonly subject: string
}

/** Keeps who is who at OpenID providers. Each sentence below is a test in binding-store.contract.ts. */
export interface BindingStore {
  /**
   * Binds an identity to a person until it is taken back. Answers false, and changes nothing, where the identity is bound already, or
   * the person is bound to another one of that issuer.
   */
  bind(identity: ProviderIdentity, user: Id<"user">): Promise<boolean>

  /** Answers whom an identity is bound to. */
  find(identity: ProviderIdentity): Promise<Id<"user"> | undefined>

  /** Answers every issuer at which anybody is somebody, each once and in their order. */
  issuers(): Promise<readonly string[]>

  /** Answers the issuers at which a person is somebody, in their order. */
  issuersOf(user: Id<"user">): Promise<readonly string[]>

  /** Takes back who a person is at an issuer; answers false where they were nobody there. */
  unbind(user: Id<"user">, issuer: string): Promise<boolean>
}

/** The stores of signing in. */
export interface AccessStores {
  readonly bindings: BindingStore
  readonly invitations: InvitationStore
  readonly sessions: SessionStore
  readonly signInLinks: SignInLinkStore
}
