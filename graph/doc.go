// Package graph joins tools into a graph: by the likeness of their parameters
// (paper, section 2.1: cosine(phi(P_i), phi(P_j)) > tau), and by dependency:
// which tool's output can fill which tool's parameter.
//
// A parameter is read together with its operation: `id` under `/orders/{id}`
// is an order's id. Words are weighed by their rarity, and words that say
// nothing about a resource (paging, versions, credentials) are left out, so
// that hubs dominate neither edges nor domains.
package graph
