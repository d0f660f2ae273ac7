/** The addresses of the decision point: https://openid.net/specs/authorization-api-1_0.html */
import { AGENTS_APPLICATION } from "@tabard/control"

/** Each endpoint of the Authorization API, by the name of its metadata parameter (§9.1.1, §10.1). */
export const ENDPOINTS = {
  access_evaluation_endpoint: "/access/v1/evaluation",
  access_evaluations_endpoint: "/access/v1/evaluations",
  search_subject_endpoint: "/access/v1/search/subject",
  search_resource_endpoint: "/access/v1/search/resource",
  search_action_endpoint: "/access/v1/search/action",
} as const

/** Where applications stand under an organisation's address. */
export const APPLICATIONS_PATH = "/pdp"

/** Where metadata is put between host and path (§9.2). */
export const WELL_KNOWN = "/.well-known/authzen-configuration"

/** Answers what an application's decision point is called: the built-in one is the organisation's own address. */
export function applicationBase(publicUrl: string, name: string): string {
  return name === AGENTS_APPLICATION ? publicUrl : `${publicUrl}${APPLICATIONS_PATH}/${name}`
}
