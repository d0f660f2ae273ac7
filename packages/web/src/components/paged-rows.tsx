import type { ReactNode } from "react"
import type { PagedList } from "../data/paged-list.ts"
import { count } from "../words/count.ts"
import { SkeletonRows } from "./faces.tsx"
import { Loaded } from "./loaded.tsx"
import { VirtualRows } from "./virtual-rows.tsx"

/** A list that is read page by page as one goes down it, with its faces and how much of it there is. */
export function PagedRows<Item extends { readonly id: string }>(props: {
  list: PagedList<Item>
  /** As the subject of a sentence, and as the name of the list. */
  what: string
  name: string
  /** One of them, and more of them where that is not with an s. */
  one: string
  more?: string
  empty: ReactNode
  /** What stands above the columns, on a wide screen. */
  head?: ReactNode
  height: number
  children: (item: Item) => ReactNode
}): ReactNode {
  const { list, head } = props
  return (
    <Loaded
      reading={{ ...list, data: list.isPending || list.updatedAt === 0 ? undefined : list.items }}
      what={props.what}
      loading={<SkeletonRows rows={10} height={props.height} />}
      isEmpty={(items) => items.length === 0}
      empty={props.empty}
      partial={() => null}
    >
      {(items) => (
        <>
          {head}
          <div className="border-t">
            <VirtualRows label={props.name} items={items} height={props.height} more={list.more}>
              {props.children}
            </VirtualRows>
          </div>
          <p className="py-4 text-center text-small text-faint" role="status">
            {list.more
              ? `${count(items.length, props.one, props.more)} read, and there are more.`
              : `${count(items.length, props.one, props.more)}, and no more.`}
          </p>
        </>
      )}
    </Loaded>
  )
}
