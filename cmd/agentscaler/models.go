package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/agentscaler/scaler/eval/trial"
	"github.com/agentscaler/scaler/llm"
	"github.com/agentscaler/scaler/pipeline"
	"github.com/spf13/pflag"
)

// modelFlags choose the models of the roles. Without --llm or --model the
// built-in engines play them.
type modelFlags struct {
	url, model         string
	userURL, userModel string
	embedder           string
}

func (m *modelFlags) register(set *pflag.FlagSet) {
	set.StringVar(&m.url, "llm", "", "address of an OpenAI-compatible server, for all roles (default for --model: $OPENAI_BASE_URL, else https://api.openai.com/v1)")
	set.StringVar(&m.model, "model", "", "name of the model, for all roles; the key is read from $OPENAI_API_KEY")
	set.StringVar(&m.embedder, "embedder", "", "name of an embedding model at the same server, for the likeness of tools")
	set.StringVar(&m.userURL, "user-llm", "", "another server for the simulated user")
	set.StringVar(&m.userModel, "user-model", "", "another model for the simulated user")
}

// models are the opened roles; a nil role is built in.
type models struct {
	agent, user llm.Model
	embedder    llm.Embedder
	cache       *llm.Cache
}

// Close closes the response cache.
func (m *models) Close() error {
	if m.cache == nil {
		return nil
	}
	return m.cache.Close()
}

// sameAs refuses to go on from a stage that a model had a part in without
// naming one again: the built-in engines would take over in its name.
func (m modelFlags) sameAs(was pipeline.Settings, from string) error {
	names := pipeline.Names()
	if slices.Index(names, from) > slices.Index(names, "rollout") {
		return nil
	}
	for _, role := range []struct{ flag, now, was string }{
		{"--model", m.model, was.AgentModel}, {"--user-model", m.model + m.userModel, was.UserModel}, {"--embedder", m.embedder, was.EmbeddingModel},
	} {
		if role.now == "" && role.was != "" {
			return usageError{fmt.Errorf("the run was made with the model %s: name its server and it again (--llm URL %s %s)", role.was, role.flag, role.was)}
		}
	}
	return nil
}

// limits say how hard models are driven; zeros are the defaults of llm and no
// budget.
type limits struct {
	parallel int // requests in flight
	budget   *trial.Budget
}

var errModelName = usageError{errors.New("--llm needs --model NAME: the name by which the server knows the model")}

// open connects the roles through a response cache in a folder, so that a rerun
// asks nothing twice.
func (m modelFlags) open(dir string, l limits) (*models, error) {
	roles := new(models)
	if m == (modelFlags{}) {
		return roles, nil
	}
	if m.model == "" && (m.url != "" || m.userModel == "") && m.embedder == "" {
		return nil, errModelName
	}
	cache, err := llm.OpenCache(dir)
	if err != nil {
		return nil, err
	}
	roles.cache = cache
	if m.model != "" {
		if roles.agent, err = l.endpoint(cache, m.model, m.url); err != nil {
			return nil, errors.Join(err, cache.Close())
		}
		roles.user = roles.agent
	}
	if m.embedder != "" {
		if roles.embedder, err = embeddings(cache, m.embedder, m.url); err != nil {
			return nil, errors.Join(err, cache.Close())
		}
	}
	if m.userModel != "" || m.userURL != "" {
		name, url := m.userModel, m.userURL
		if name == "" {
			name = m.model
		}
		if url == "" {
			url = m.url
		}
		if roles.user, err = l.endpoint(cache, name, url); err != nil {
			return nil, errors.Join(err, cache.Close())
		}
	}
	return roles, nil
}

func embeddings(cache *llm.Cache, model, url string) (llm.Embedder, error) {
	server, err := llm.NewOpenAI(llm.Endpoint{Model: model, URL: url})
	if err != nil {
		return nil, err
	}
	return cache.Embedder(server), nil
}

func (l limits) endpoint(cache *llm.Cache, model, url string) (llm.Model, error) {
	server, err := llm.NewOpenAI(llm.Endpoint{Model: model, URL: url, Parallel: l.parallel})
	if err != nil {
		return nil, usageError{err}
	}
	if l.budget == nil {
		return cache.Model(server), nil
	}
	return cache.Model(l.budget.Model(server)), nil
}
