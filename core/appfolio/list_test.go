package appfolio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"rentbell/core"
)

// listing answers every question with the status and the text.
func listing(t testing.TB, status int, text string) core.Subscription {
	t.Helper()
	return appFolio(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	})
}

func TestSubscriptionsAsksForTheList(t *testing.T) {
	sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != "GET" || r.RequestURI != "/v1/webhooks" || len(body) != 0 {
			t.Errorf("got %s %s %q", r.Method, r.RequestURI, body)
		}
		if got := r.Header.Get("Authorization"); got != "Bearer key-5f1d7a84e64bd1f9" {
			t.Errorf("Authorization: got %q", got)
		}
		_, _ = io.WriteString(w, "[]")
	})
	if list, err := New().Subscriptions(t.Context(), sub); err != nil || len(list) != 0 {
		t.Errorf("got %v, %v", list, err)
	}
}

func TestLists(t *testing.T) {
	one := []core.Subscribed{{ID: "wh_1", Address: "https://a.example/hook"}}
	const entry = `{"id":"wh_1","url":"https://a.example/hook"}`
	tests := []struct {
		name, answer string
		want         []core.Subscribed
	}{
		{"array", "[" + entry + "]", one},
		{"under data", `{"data":[` + entry + `]}`, one},
		{"under webhooks", `{"webhooks":[` + entry + `],"total":1}`, one},
		{"under results", ` {"results" : [ ` + entry + ` ] , "next_page_path":"/v1/webhooks?page=2"} `, one},
		{"data that is no array, results", `{"data":{"count":1},"results":[` + entry + `]}`, one},
		{"empty array", `[]`, nil},
		{"empty data", `{"data":[]}`, nil},
		{"address by its other name", `[{"id":"wh_1","address":"https://a.example/hook"}]`, one},
		{"empty url, address", `[{"id":"wh_1","url":"","address":"https://a.example/hook"}]`, one},
		{"number for an id", `[{"id":90071992547409931,"url":"https://a.example/hook"}]`,
			[]core.Subscribed{{ID: "90071992547409931", Address: "https://a.example/hook"}}},
		{"no id", `[{"url":"https://a.example/hook"}]`, []core.Subscribed{{Address: "https://a.example/hook"}}},
		{"id of another kind", `[{"id":{"n":1},"url":"https://a.example/hook"}]`, []core.Subscribed{{Address: "https://a.example/hook"}}},
		{"events", `[{"id":"wh_1","url":"https://a.example/hook","events":["lease.signed","lease.expired"]}]`,
			[]core.Subscribed{{ID: "wh_1", Address: "https://a.example/hook", Events: []string{"lease.signed", "lease.expired"}}}},
		{"no events at all", `[{"id":"wh_1","url":"https://a.example/hook","events":[]}]`,
			[]core.Subscribed{{ID: "wh_1", Address: "https://a.example/hook", Events: []string{}}}},
		{"null for events", `[{"id":"wh_1","url":"https://a.example/hook","events":null}]`, one},
		{"events of another kind", `[{"id":"wh_1","url":"https://a.example/hook","events":["lease.signed",7]}]`, one},
		{"more than is asked", `[{"id":"wh_1","url":"https://a.example/hook","secret":"x","created_at":"2026-06-18T10:40:00Z"}]`, one},
		{"other things among them", `[7,null,"x",{},{"id":"wh_0"},` + entry + `,[]]`, one},
		{"two", `[` + entry + `,{"id":"wh_2","url":"https://b.example/hook"}]`,
			append(one[:1:1], core.Subscribed{ID: "wh_2", Address: "https://b.example/hook"})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := New().Subscriptions(t.Context(), listing(t, 200, tt.answer))
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, %v, want %+v", got, err, tt.want)
			}
		})
	}
}

func TestNoList(t *testing.T) {
	tests := []struct {
		name   string
		status int
		answer string
	}{
		{"not found", 404, `{"error":"Not found"}`},
		{"not allowed", 405, ""},
		{"not implemented", 501, "later"},
		{"no content", 204, ""},
		{"empty", 200, ""},
		{"page", 200, "<html>AppFolio</html>"},
		{"text", 200, `"no"`},
		{"null", 200, `null`},
		{"null for data", 200, `{"data":null}`},
		{"object without a list", 200, `{"data":{"webhooks":[]}}`},
		{"names in another case", 200, `{"Data":[]}`},
		{"list of something else", 200, `[{"id":"unit_1","name":"Unit 2A"}]`},
		{"cut off", 200, `[{"id":"wh_1","url":"https://a.exam`},
		{"two values", 200, `[] []`},
		{"endless", 200, "[" + strings.Repeat(`{"id":"wh_1","url":"https://a.example/hook"},`, 30_000)},
		{"address too long", 200, `[{"id":"wh_1","url":"https://a.example/` + strings.Repeat("x", 2048) + `"}]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, err := New().Subscriptions(t.Context(), listing(t, tt.status, tt.answer))
			if !errors.Is(err, core.ErrNoList) || list != nil {
				t.Errorf("got %v, %v, want ErrNoList", list, err)
			}
		})
	}
}

func TestListIsBounded(t *testing.T) {
	entries := make([]string, maxListed+1)
	for i := range entries {
		entries[i] = fmt.Sprintf(`{"id":%d,"url":"https://a.example/%d"}`, i, i)
	}
	list, err := New().Subscriptions(t.Context(), listing(t, 200, "["+strings.Join(entries, ",")+"]"))
	if err != nil || len(list) != maxListed || list[maxListed-1].ID != "999" {
		t.Errorf("got %d entries, %v", len(list), err)
	}
}

func TestListThatBreaksOffIsNoAnswer(t *testing.T) {
	sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "[") // then the connection is closed
	})
	_, err := New().Subscriptions(t.Context(), sub)
	var refused *core.SubscribeError
	if !errors.As(err, &refused) || refused.Status != 0 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v, want a SubscribeError without a status", err)
	}
}

func TestCancelledListSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New().Subscriptions(ctx, subscription); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestIDThatRepeatsASecretIsNotTaken(t *testing.T) {
	for _, secret := range []string{"key-5f1d7a84e64bd1f9", "whsec-c1a7e03bab3aee37", "2token-never-sent-anywhere"} {
		answer := `[{"id":"wh-` + secret + `","url":"https://a.example/hook"}]`
		list, err := New().Subscriptions(t.Context(), listing(t, 200, answer))
		if err != nil || len(list) != 1 || list[0].ID != "" {
			t.Errorf("got %+v, %v, want no id", list, err)
		}
	}
}

func FuzzList(f *testing.F) {
	f.Add(`[{"id":"wh_1","url":"https://a.example/hook","events":["lease.signed"]}]`)
	f.Add(`{"data":[{"id":7,"address":"https://a.example/hook"}]}`)
	f.Add(`{"results":[[],null,{"id":"\ud800","url":"\ud800"}]}`)
	f.Fuzz(func(t *testing.T, answer string) {
		list, ok := listIn([]byte(answer), subscription.Secrets)
		if !ok && list != nil {
			t.Errorf("%q: got %v beside no list", answer, list)
		}
		for _, s := range list {
			if s.Address == "" || s.ID != usableID(s.ID, subscription.Secrets) {
				t.Errorf("%q: got %+v", answer, s)
			}
			checkScrubbed(t, strings.ToLower(s.ID))
		}
	})
}
