package world

import (
	"strings"

	"github.com/agentscaler/scaler"
)

// Some arguments are required and make no difference here: a page is longer than
// the list, a header says who calls, an account or a marketplace is the only one
// that the world has. The tool keeps them, says so, and is not blamed for it.

// opScope marks the input that makes no difference.
const opScope = "scope"

// scopeNames are arguments that name what a world has one of, or say who calls.
var scopeNames = wordSet(`account account_id account_name marketplace marketplace_id marketplace_ids seller_id merchant_id region tenant tenant_id
	host host_url service_url base_url site_url instance_url server_url domain_url environment workflow session session_id part parts
	api_key apikey access_token token auth_token subscription_key client_id client_secret app_id app_key locale language
	api_version version project_id target_project_id organization_id org_id reason reason_code user_agent content_type accept`)

// spare takes an argument of which it was found that it changes nothing for one
// that need not; it reports whether it is of that kind.
func (o *op) spare(finding string) bool {
	name, _, _ := strings.Cut(finding, " ")
	for i, b := range o.binds {
		if b.Param != name || !b.spared() {
			continue
		}
		o.binds[i].Bind = scaler.Bind{Param: b.Param, Role: roleInput, Op: opScope}
		o.note("not used:", name+",", "what it names there is one of, or it only says what is shown")
		return true
	}
	return false
}

// spared says whether an argument may make no difference.
func (b bind) spared() bool {
	n := strings.TrimPrefix(snake(b.p.Name), "$")
	if b.Op == opScope || b.Role != roleInput && b.Role != roleFilter && b.Role != roleSet {
		return false
	}
	_, control := controls[n]
	return control || displays[n] || scopeNames[n] || b.p.In == "header" || b.p.In == "cookie" || strings.HasSuffix(n, "_reason_code")
}
