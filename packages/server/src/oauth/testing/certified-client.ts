/** The client that others wrote and certified, of the version that this package is installed with. */
export * as oidc from "openid-client"
