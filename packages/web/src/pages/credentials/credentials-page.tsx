import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { WithDrawer } from "../../components/drawer.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Page } from "../../components/page.tsx"
import { PagedRows } from "../../components/paged-rows.tsx"
import { useCredentials } from "../../data/seen-query.ts"
import { CredentialDrawer } from "./credential-drawer.tsx"
import { CREDENTIAL_GRID, CredentialRow } from "./credential-row.tsx"
import { type CredentialsSearch, credentialFilterOf } from "./credentials-search.ts"

const route = getRouteApi("/credentials")
const ROW = 53

/** What the agents were seen to hold: kinds, places and fingerprints, never the bytes. */
export function CredentialsPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { credential: open, ...filters } = search
  const show = (next: CredentialsSearch): void => void navigate({ search: next, replace: true })
  return (
    <Page title="Credentials">
      <div role="group" aria-label="Filters" className="mb-3 flex flex-wrap items-center gap-1.5">
        <Chip
          on={search.vanished === "yes"}
          count={undefined}
          onToggle={() => show(search.vanished === "yes" ? {} : { vanished: "yes" })}
        >
          Not there any more
        </Chip>
      </div>
      <WithDrawer
        drawer={
          open && <CredentialDrawer key={open} id={open} search={filters} onClose={() => show(filters)} />
        }
      >
        <CredentialList search={search} />
      </WithDrawer>
    </Page>
  )
}

function CredentialList({ search }: { search: CredentialsSearch }): ReactNode {
  return (
    <div className="@container">
      <PagedRows
        list={useCredentials(credentialFilterOf(search))}
        what="The credentials"
        name="Credentials"
        one="credential"
        height={ROW}
        empty={<NoCredential search={search} />}
        head={<Head />}
      >
        {(credential) => <CredentialRow credential={credential} search={search} />}
      </PagedRows>
    </div>
  )
}

function Head(): ReactNode {
  return (
    <div aria-hidden="true" className={`h-9 text-small text-faint @max-2xl:hidden ${CREDENTIAL_GRID}`}>
      <span>Credential</span>
      <span>Kept</span>
      <span>Used by</span>
      <span>First seen</span>
      <span className="text-right">Last seen</span>
    </div>
  )
}

function NoCredential({ search }: { search: CredentialsSearch }): ReactNode {
  if (search.vanished === "yes") {
    return (
      <EmptyFace title="None is gone">
        A credential that a scan saw, and that a later one no longer saw in the same place, shows here.
      </EmptyFace>
    )
  }
  return (
    <EmptyFace title="No credential was seen yet">
      A credential shows here by its kind, its place and a keyed fingerprint, never by its bytes.
    </EmptyFace>
  )
}
