package fake

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
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
	said := map[string]int{} // services in names of resources
	aws, google := 0, 0
	for _, t := range tools {
		if at := azurePath.FindStringSubmatch(t.Path); at != nil {
			return "azure", at[1]
		}
		if googlePath.MatchString(t.Path) || googlePath.Match(t.Parameters) {
			google++
		}
		for _, text := range []json.RawMessage{t.Parameters, t.Result, []byte(t.Description)} {
			if awsSays.Match(text) {
				aws++
			}
			if !bytes.Contains(text, []byte("arn:")) {
				continue
			}
			for _, at := range arnService.FindAllSubmatch(text, 40) {
				said[string(at[1])]++
			}
		}
	}
	switch {
	case aws > 0 && aws >= google:
		return "aws", ownService(said, tools)
	case google > 0:
		return "google", ""
	}
	return "", ""
}

// ownService is the service that its names of resources speak of most, those of
// every service's neighbours aside; else what the service is called.
func ownService(said map[string]int, tools []scaler.WorldTool) string {
	best := ""
	for _, s := range slices.Sorted(maps.Keys(said)) {
		if !neighbours[s] && said[s] > said[best] {
			best = s
		}
	}
	return cmp.Or(best, strings.ReplaceAll(serviceOf.FindString(string(tools[0].Tool)), "-", ""))
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
