package checkout

import (
	"fmt"
	"strings"
)

// A Domain is what the models of a domain are told.
type Domain struct {
	Name   string // as the benchmark names it: retail, airline, telecom, telecom-workflow
	World  string // whose data, tools and tasks it has: retail, airline or telecom
	Solo   bool
	Policy string
	Agent  []Tool
	User   []Tool // nil where the user has none
}

// Domains lists the domains that can be evaluated. banking_knowledge is not
// among them: its documents are searched with an embedding model of its own.
var Domains = []string{"retail", "airline", "telecom", "telecom-workflow"}

// World is the world of a domain, or an error that says which there are.
func World(domain string) (string, error) {
	switch domain {
	case "retail", "airline", "telecom":
		return domain, nil
	case "telecom-workflow":
		return "telecom", nil
	case "banking_knowledge":
		return "", fmt.Errorf("tau2-bench's banking_knowledge is not supported: its tools and the search in its documents are not part of this program; there are %s", strings.Join(Domains, ", "))
	}
	return "", fmt.Errorf("tau2-bench has no domain %q here; there are %s", domain, strings.Join(Domains, ", "))
}

// Domain reads a domain; solo is for an agent that works on a ticket, without a
// user.
func (c *Checkout) Domain(name string, solo bool) (*Domain, error) {
	world, err := World(name)
	if err != nil {
		return nil, err
	}
	d := &Domain{Name: name, World: world, Solo: solo}
	if solo && world != "telecom" {
		return nil, fmt.Errorf("tau2-bench's %s has no solo mode; telecom has", name)
	}
	if d.Policy, err = c.policy(d); err != nil {
		return nil, err
	}
	if d.Agent, err = c.toolkit("tau2.domains." + world + ".tools"); err != nil {
		return nil, err
	}
	if world == "telecom" {
		d.User, err = c.toolkit("tau2.domains.telecom.user_tools")
	}
	return d, err
}

func (c *Checkout) policy(d *Domain) (string, error) {
	folder := "data/tau2/domains/" + d.World + "/"
	if d.World != "telecom" {
		return c.read(folder + "policy.md")
	}
	main, support := "main_policy", "tech_support_manual"
	if d.Name == "telecom-workflow" {
		support = "tech_support_workflow"
	}
	if d.Solo {
		main += "_solo"
		if d.Name == "telecom-workflow" {
			support += "_solo"
		}
	}
	first, err := c.read(folder + main + ".md")
	if err != nil {
		return "", err
	}
	second, err := c.read(folder + support + ".md")
	return "<main_policy>\n" + first + "\n</main_policy>\n<tech_support_policy>\n" + second + "\n</tech_support_policy>", err
}
