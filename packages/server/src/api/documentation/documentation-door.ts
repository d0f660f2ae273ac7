import { openApiDocument } from "@tabard/api"
import { Hono } from "hono"
import { cookieName } from "../../http/session-cookie.ts"
import { documentationPage } from "./documentation-page.ts"
import { DOCUMENTATION_STYLE } from "./documentation-style.ts"

/**
 * The contract, for programs and for people. It is public: it is the same in every installation and holds nothing of any,
 * and what makes clients of it has no session.
 */
export function documentationDoor(publicUrl: string): Hono {
  const openApi = openApiDocument({ cookie: cookieName(publicUrl) })
  const page = documentationPage(openApi)
  const door = new Hono()
  door.get("/openapi.json", (context) => context.json(openApi))
  door.get("/docs", (context) => context.html(page))
  door.get("/docs.css", (context) =>
    context.body(DOCUMENTATION_STYLE, 200, { "content-type": "text/css; charset=utf-8" }),
  )
  return door
}
