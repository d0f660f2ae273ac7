import type { CredentialView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Moment } from "../../components/moment.tsx"
import { rowLook } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { credentialWords } from "../../words/access-words.ts"
import { count } from "../../words/count.ts"
import { placeEnds } from "../../words/place-ends.ts"
import { plainText } from "../../words/plain-text.ts"
import { UsersTold } from "../seen/users-told.tsx"
import type { CredentialsSearch } from "./credentials-search.ts"
import { StoredMark } from "./stored-mark.tsx"

/** How a credential's line is laid out: by the width that the list has, not the screen. */
export const CREDENTIAL_GRID =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 px-3 @2xl:grid-cols-[minmax(0,1.5fr)_11.5rem_minmax(0,0.8fr)_4.5rem] @5xl:grid-cols-[minmax(0,1.3fr)_11.5rem_minmax(0,1.7fr)_minmax(0,0.7fr)_4.5rem_4.5rem] @2xl:items-center"

/** One credential as a row: what it is and where, how it is kept, whose it is, since when; never its bytes. */
export function CredentialRow(props: { credential: CredentialView; search: CredentialsSearch }): ReactNode {
  const { credential, search } = props
  const isOpen = search.credential === credential.id
  const places = credential.seen.flatMap(({ locations }) => locations)
  const [first] = places
  return (
    <Link
      to="/credentials"
      search={{ ...search, credential: credential.id }}
      replace={search.credential !== undefined}
      data-row=""
      className={`${rowLook(isOpen)} ${CREDENTIAL_GRID}`}
    >
      <span className="min-w-0 @max-2xl:col-span-2">
        <span className="block truncate font-medium">
          <Said text={credentialWords(credential)} />
        </span>
        <span className="flex gap-2 text-small text-faint">
          {first && (
            <code className="min-w-0 truncate font-mono" title={plainText(first.path)}>
              <Said text={placeEnds(first.line === null ? first.path : `${first.path}:${first.line}`)} />
            </code>
          )}
          {places.length > 1 && (
            <span className="shrink-0">and {count(places.length - 1, "other place")}</span>
          )}
        </span>
      </span>
      <span className="flex min-w-0 @max-2xl:text-small">
        <StoredMark storedAs={credential.storedAs} />
      </span>
      <span
        className="min-w-0 truncate text-soft @max-5xl:hidden"
        title={credential.replacement?.words ?? undefined}
      >
        {credential.replacement ? <Said text={credential.replacement.words} /> : null}
      </span>
      <span className="min-w-0 @max-2xl:text-small">
        <UsersTold thing={credential} />
        {credential.sameAs.length > 0 && (
          <span className="block text-small text-high @max-2xl:hidden">
            and {count(credential.sameAs.length, "place")} elsewhere
          </span>
        )}
      </span>
      <span className="text-small text-faint @max-5xl:hidden">
        <Moment at={credential.firstSeen} short />
      </span>
      <span className="text-right text-small text-faint @max-2xl:hidden">
        {credential.vanishedAt === null ? <Moment at={credential.lastSeen} short /> : "gone"}
      </span>
    </Link>
  )
}
