package sandbox

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"rentbell/core"
)

const maxWebhooks = 50

// MaxRequest is how many bytes of a request's body are read.
const MaxRequest = 64 << 10

// Webhook is one registration.
type Webhook struct {
	ID        string      `json:"id"`
	URL       string      `json:"url"`
	Events    []string    `json:"events"`
	CreatedAt time.Time   `json:"created_at"`
	Secret    core.Secret `json:"-"` // AppFolio does not tell it again either
}

// wants reports whether events of the type go to w: those it asked for, and
// types that AppFolio may add, which nobody can ask for yet.
func (w Webhook) wants(eventType string) bool {
	return slices.Contains(w.Events, eventType) || !slices.Contains(core.KnownTypes(), eventType)
}

// Webhooks returns the registrations, oldest first.
func (s *Sandbox) Webhooks() []Webhook {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.webhooks)
}

// authorized lets only the holder of the API key through.
func (s *Sandbox) authorized(next http.HandlerFunc) http.HandlerFunc {
	want := []byte("Bearer " + s.config.APIKey)
	return func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), want) != 1 {
			refuse(w, http.StatusUnauthorized, "Invalid API key")
			return
		}
		next(w, r)
	}
}

func (s *Sandbox) create(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		URL    string   `json:"url"`
		Events []string `json:"events"`
		Secret string   `json:"secret"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, MaxRequest)).Decode(&asked); err != nil {
		refuse(w, http.StatusBadRequest, "The request is no JSON object")
		return
	}
	hook := Webhook{URL: asked.URL, Events: asked.Events, Secret: core.KeptSecret(asked.Secret), CreatedAt: s.config.Now().UTC()}
	status, err := http.StatusCreated, s.validate(hook)
	if err == nil {
		status, err = s.keep(&hook)
	}
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	Reply(w, status, hook)
}

// validate returns what AppFolio would find wrong first.
func (s *Sandbox) validate(w Webhook) error {
	target, err := url.Parse(w.URL)
	switch {
	case w.URL == "":
		return errors.New("url is missing")
	case err != nil || target.Host == "" || target.Scheme != "http" && target.Scheme != "https":
		return errors.New("url is no http:// or https:// address")
	case !s.config.AllowAnywhere && !OnThisComputer(target.Hostname()):
		return errors.New("url is not on this computer; the sandbox was not allowed to send elsewhere")
	case len(w.Events) == 0:
		return errors.New("events is missing")
	case w.Secret.IsZero():
		return errors.New("secret is missing")
	}
	for _, event := range w.Events {
		if !slices.Contains(core.KnownTypes(), event) {
			return fmt.Errorf("events has %.100q, which does not exist", event)
		}
	}
	return nil
}

// OnThisComputer reports whether a host is "localhost" or a loopback IP address. It
// looks nothing up.
func OnThisComputer(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// keep stores a registration and returns the status to answer with. Unless KeepTwins
// is set, a registration replaces an earlier one for the same address: otherwise each
// event would go there twice.
func (s *Sandbox) keep(hook *Webhook) (status int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.webhooks, func(w Webhook) bool { return w.URL == hook.URL })
	if i >= 0 && !s.config.KeepTwins {
		hook.ID, hook.CreatedAt = s.webhooks[i].ID, s.webhooks[i].CreatedAt
		s.webhooks[i] = *hook
		return http.StatusOK, nil
	}
	if len(s.webhooks) == maxWebhooks {
		return 0, errors.New("too many webhooks; delete one first")
	}
	s.lastID++
	hook.ID = fmt.Sprintf("wh_%04d", s.lastID)
	s.webhooks, s.untold = append(s.webhooks, *hook), append(s.untold, hook.ID)
	select {
	case s.joined <- s.tellPast:
	default: // Run has a nudge waiting
	}
	return http.StatusCreated, nil
}

// webhook returns a registration as it is now; ok is false once it is deleted.
func (s *Sandbox) webhook(id string) (w Webhook, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.webhooks, func(w Webhook) bool { return w.ID == id })
	if i < 0 {
		return w, false
	}
	return s.webhooks[i], true
}

func (s *Sandbox) list(w http.ResponseWriter, _ *http.Request) {
	if s.config.NoList != 0 {
		refuse(w, s.config.NoList, http.StatusText(s.config.NoList))
		return
	}
	Reply(w, http.StatusOK, map[string][]Webhook{"data": append([]Webhook{}, s.Webhooks()...)}) // never null
}

func (s *Sandbox) remove(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	id, before := r.PathValue("id"), len(s.webhooks)
	s.webhooks = slices.DeleteFunc(s.webhooks, func(w Webhook) bool { return w.ID == id })
	s.untold = slices.DeleteFunc(s.untold, func(untold string) bool { return untold == id })
	found := len(s.webhooks) < before
	s.mu.Unlock()
	if !found {
		refuse(w, http.StatusNotFound, "No such webhook")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Reply answers with a value as JSON. A client that is gone is no error.
func Reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // fails only when the client is gone
}

func refuse(w http.ResponseWriter, status int, text string) {
	Reply(w, status, map[string]string{"error": text})
}
