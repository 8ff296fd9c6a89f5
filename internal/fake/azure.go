package fake

import (
	"cmp"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// providers are kinds of things that other services of one large cloud refer to,
// with the provider that keeps them.
var providers = map[string]string{
	"virtual network": "Microsoft.Network/virtualNetworks", "vnet": "Microsoft.Network/virtualNetworks", "subnet": "Microsoft.Network/virtualNetworks/core-vnet/subnets", "network interface": "Microsoft.Network/networkInterfaces",
	"public ip address": "Microsoft.Network/publicIPAddresses", "network security group": "Microsoft.Network/networkSecurityGroups", "load balancer": "Microsoft.Network/loadBalancers", "private endpoint": "Microsoft.Network/privateEndpoints",
	"storage account": "Microsoft.Storage/storageAccounts", "storage": "Microsoft.Storage/storageAccounts", "virtual machine": "Microsoft.Compute/virtualMachines", "vm": "Microsoft.Compute/virtualMachines", "disk": "Microsoft.Compute/disks",
	"snapshot": "Microsoft.Compute/snapshots", "image": "Microsoft.Compute/images", "key vault": "Microsoft.KeyVault/vaults", "vault": "Microsoft.KeyVault/vaults", "workspace": "Microsoft.OperationalInsights/workspaces",
	"log analytics workspace": "Microsoft.OperationalInsights/workspaces", "identity": "Microsoft.ManagedIdentity/userAssignedIdentities", "server farm": "Microsoft.Web/serverfarms", "action group": "microsoft.insights/actionGroups",
	"event hub": "Microsoft.EventHub/namespaces", "cluster": "Microsoft.ContainerService/managedClusters", "container registry": "Microsoft.ContainerRegistry/registries", "site": "Microsoft.Web/sites",
}

// Surrounding is what the whole world lies in, where a name asks for that: one
// subscription, one project.
func (in Setting) Surrounding(name string) (string, bool) {
	switch strings.Join(words.Split(name), " ") {
	case "subscription id", "subscription":
		return in.subscription(), in.Cloud == "azure"
	case "resource group name", "resource group":
		return in.groups()[0], in.Cloud == "azure"
	case "project id", "projects id", "project":
		return in.project(), in.Cloud == "google"
	}
	return "", false
}

// resourceID is the path by which one large cloud knows a thing.
func (m *Maker) resourceID(s *Shape) string {
	thing := words.Split(s.Entity)
	if list := s.Words[:max(0, len(s.Words)-1)]; len(list) > 0 {
		thing = list
	}
	if n := len(thing); n > 1 && thing[n-1] == "resource" {
		thing = thing[:n-1]
	}
	kind := ""
	for i := range thing {
		if kind = providers[strings.Join(thing[i:], " ")]; kind != "" {
			break
		}
	}
	if kind == "" {
		kind = cmp.Or(m.In.Service, "Microsoft.Resources") + "/" + camel(words.Split(words.Plural(strings.Join(thing, "_"))))
	}
	return "/subscriptions/" + m.In.subscription() + "/resourceGroups/" + m.In.groups()[0] + "/providers/" + kind + "/" + tidy(m.called(&Shape{Entity: strings.Join(thing, " "), MaxLength: -1}))
}

// camel joins words as names of collections are: virtualNetworks.
func camel(list []string) string {
	var b strings.Builder
	for i, w := range list {
		if i > 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		b.WriteString(w)
	}
	return cmp.Or(b.String(), "resources")
}
