import { getRouteApi, Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { ColumnHead } from "../../components/column-head.tsx"
import { WithDrawer } from "../../components/drawer.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Page } from "../../components/page.tsx"
import { PagedRows } from "../../components/paged-rows.tsx"
import { SaveCsvButton } from "../../components/save-csv-button.tsx"
import { useCredentials } from "../../data/seen-query.ts"
import { CredentialDrawer } from "./credential-drawer.tsx"
import { CredentialFilters } from "./credential-filters.tsx"
import { CREDENTIAL_GRID, CredentialRow } from "./credential-row.tsx"
import { type CredentialsSearch, credentialFilterOf, isNarrowed } from "./credentials-search.ts"

const route = getRouteApi("/credentials")
const ROW = 53

/** What the agents were seen to hold: kinds, places and fingerprints, never the bytes. */
export function CredentialsPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { credential: open, ...filters } = search
  const show = (next: CredentialsSearch): void => void navigate({ search: next, replace: true })
  return (
    <Page
      title="Credentials"
      beside={<SaveCsvButton ask={(client) => client.exportCredentials(credentialFilterOf(search))} />}
    >
      <CredentialFilters
        search={search}
        onSearch={(change) =>
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an undefined member leaves the address
          show({ ...filters, ...change } as CredentialsSearch)
        }
      />
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
        head={
          <ColumnHead
            grid={CREDENTIAL_GRID}
            names={["Credential", "Kept", "Replace it by", "Used by", "First seen", "Last seen"]}
            wide={["Replace it by", "First seen"]}
          />
        }
      >
        {(credential) => <CredentialRow credential={credential} search={search} />}
      </PagedRows>
    </div>
  )
}

function NoCredential({ search }: { search: CredentialsSearch }): ReactNode {
  if (isNarrowed(search)) {
    return (
      <EmptyFace
        title="No credential matches"
        next={
          <Link to="/credentials" search={{}} className="text-accent hover:underline">
            Show all of them
          </Link>
        }
      >
        None of these filters together holds one.
      </EmptyFace>
    )
  }
  return (
    <EmptyFace title="No credential was seen yet">
      A credential shows here by its kind, its place and a keyed fingerprint, never by its bytes.
    </EmptyFace>
  )
}
