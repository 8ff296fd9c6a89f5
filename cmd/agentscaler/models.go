package main

import (
	"errors"

	"github.com/agentscaler/scaler/llm"
	"github.com/spf13/pflag"
)

// modelFlags choose the models of the roles. Without --llm or --model the
// built-in engines play them.
type modelFlags struct {
	url, model         string
	userURL, userModel string
}

func (m *modelFlags) register(set *pflag.FlagSet) {
	set.StringVar(&m.url, "llm", "", "address of an OpenAI-compatible server, for all roles (default for --model: $OPENAI_BASE_URL)")
	set.StringVar(&m.model, "model", "", "name of the model, for all roles; the key is read from $OPENAI_API_KEY")
	set.StringVar(&m.userURL, "user-llm", "", "another server for the simulated user")
	set.StringVar(&m.userModel, "user-model", "", "another model for the simulated user")
}

// models are the opened roles; a nil role is built in.
type models struct {
	agent, user llm.Model
	cache       *llm.Cache
}

// Close closes the response cache.
func (m *models) Close() error {
	if m.cache == nil {
		return nil
	}
	return m.cache.Close()
}

// open connects the roles through a response cache in a folder, so that a rerun
// asks nothing twice.
func (m modelFlags) open(dir string) (*models, error) {
	roles := new(models)
	if m == (modelFlags{}) {
		return roles, nil
	}
	if m.model == "" && (m.url != "" || m.userModel == "") {
		return nil, usageError{errors.New("--llm needs --model NAME: the name by which the server knows the model")}
	}
	cache, err := llm.OpenCache(dir)
	if err != nil {
		return nil, err
	}
	roles.cache = cache
	if m.model != "" {
		if roles.agent, err = endpoint(cache, m.model, m.url); err != nil {
			return nil, errors.Join(err, cache.Close())
		}
		roles.user = roles.agent
	}
	if m.userModel != "" || m.userURL != "" {
		name, url := m.userModel, m.userURL
		if name == "" {
			name = m.model
		}
		if url == "" {
			url = m.url
		}
		if roles.user, err = endpoint(cache, name, url); err != nil {
			return nil, errors.Join(err, cache.Close())
		}
	}
	return roles, nil
}

func endpoint(cache *llm.Cache, model, url string) (llm.Model, error) {
	server, err := llm.NewOpenAI(llm.Endpoint{Model: model, URL: url})
	if err != nil {
		return nil, usageError{err}
	}
	return cache.Model(server), nil
}
