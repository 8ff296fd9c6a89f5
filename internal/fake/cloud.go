package fake

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/agentscaler/scaler"
)

// What tools say tells whose cloud a world is in: its resources are named, and
// lie in regions, as all of that cloud do.

var (
	azurePath  = regexp.MustCompile(`/providers/([A-Z][A-Za-z]+\.[A-Za-z.]+)`)
	googlePath = regexp.MustCompile(`^/v\d+[a-z0-9]*/(projects|organizations|folders)/|\bprojects/[^ "]+/locations/`)
	awsSays    = regexp.MustCompile(`Amazon Resource Name|Amazon Web Services|arn:\(?aws|\(ARN\)`)
	arnService = regexp.MustCompile(`arn:(?:aws|\(aws[^:"]*|\[\^:\]\+|\[\^:\]\{[^:"]*|[^:" ]{1,30}):([a-z][a-z0-9-]{1,30}):`)
	serviceOf  = regexp.MustCompile(`^[^/]+`)
)

// cloudOf tells the cloud and the service of tools; both are empty where they
// are of none.
func cloudOf(tools []scaler.WorldTool) (cloud, service string) {
	aws, google := 0, 0
	for _, t := range tools {
		if at := azurePath.FindStringSubmatch(t.Path); at != nil {
			return "azure", at[1]
		}
		if googlePath.MatchString(t.Path) || googlePath.Match(t.Parameters) {
			google++
		}
		if awsSays.Match(t.Parameters) || awsSays.Match(t.Result) || awsSays.MatchString(t.Description) {
			aws++
		}
	}
	switch {
	case aws > 0 && aws >= google:
		return "aws", ownService(tools)
	case google > 0:
		return "google", ""
	}
	return "", ""
}

// ownService is the service of most tools as names of resources spell it: of the
// services in such names the one that is called alike, or that is named most; else
// the service's own name.
func ownService(tools []scaler.WorldTool) string {
	counts, slug := map[string]int{}, ""
	for _, t := range tools {
		name := serviceOf.FindString(string(t.Tool))
		if counts[name]++; counts[name] > counts[slug] {
			slug = name
		}
	}
	said := map[string]int{}
	for _, t := range tools {
		if serviceOf.FindString(string(t.Tool)) != slug {
			continue
		}
		for _, text := range []json.RawMessage{t.Parameters, t.Result} {
			if bytes.Contains(text, []byte("arn:")) {
				for _, at := range arnService.FindAllSubmatch(text, 400) {
					said[string(at[1])]++
				}
			}
		}
	}
	joined, like, best := strings.ReplaceAll(slug, "-", ""), "", ""
	for _, s := range sorted(said) {
		plain := strings.ReplaceAll(s, "-", "")
		if (strings.Contains(joined, plain) || strings.Contains(plain, joined)) && said[s] > said[like] {
			like = s
		}
		if !neighbours[s] && said[s] > said[best] {
			best = s
		}
	}
	first, _, _ := strings.Cut(slug, "-")
	if head, _, named := strings.Cut(best, "-"); named && head == first && like == "" {
		return slug // a sibling of the one that the texts speak of
	}
	return cmp.Or(like, best, joined)
}

// neighbours are services whose resources all others refer to.
var neighbours = flags("iam kms s3 sns sqs lambda acm secretsmanager logs ec2 sts events cloudwatch organizations aws")

// account is the number of the cloud account that owns everything in the world.
func (in Setting) account() string { return fmt.Sprintf("%012d", 100000000000+in.mark%900000000000) }

// subscription is the one in which all of the world's resources lie.
func (in Setting) subscription() string {
	sub := in.account()
	return sub[:8] + "-0c4e-4f7a-9d21-" + sub
}

// groups are the resource groups of the world.
func (in Setting) groups() []string {
	n := in.number(len(workloads))
	out := make([]string, 3)
	for i, env := range []string{"prod", "shared", "dev"} {
		out[i] = "rg-" + strings.ToLower(workloads[(n+5*i)%len(workloads)]) + "-" + env
	}
	return out
}

// project is the one in which all of the world's resources lie.
func (in Setting) project() string {
	return "harbor-prod"
}

// regions are the regions in which a cloud keeps things.
var regions = map[string][]string{
	"aws":    {"us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"},
	"azure":  {"eastus", "westeurope", "northeurope", "westus2", "southeastasia"},
	"google": {"us-central1", "europe-west1", "us-east4", "asia-east1", "europe-north1"},
	"":       {"us-east-1", "eu-west-1", "us-west-2", "eu-central-1", "ap-southeast-1"},
}

// home is the region in which the world lies.
func (in Setting) home() string { return regions[in.Cloud][in.number(2)] }

// region is where a row's thing is kept: an account of one cloud is asked region
// by region, and in the others most things are in one.
func (m *Maker) region(s *Shape) string {
	if m.In.Cloud == "aws" {
		return m.In.home()
	}
	sub := m.subject(&Shape{Entity: s.Entity})
	if sub.region == "" {
		if sub.region = m.In.home(); m.chance(0.3) {
			sub.region = m.one(regions[m.In.Cloud])
		}
	}
	return sub.region
}

// RegionCity is what a cloud that numbers its regions calls one to people; empty
// where it is not known.
func RegionCity(region string) string { return regionCities[region] }

var regionCities = map[string]string{"us-central1": "Iowa", "us-east1": "South Carolina", "us-east4": "Northern Virginia", "us-west1": "Oregon", "us-west2": "Los Angeles", "europe-west1": "Belgium", "europe-west3": "Frankfurt",
	"europe-north1": "Finland", "asia-east1": "Taiwan", "asia-northeast1": "Tokyo", "asia-south1": "Mumbai", "australia-southeast1": "Sydney"}
