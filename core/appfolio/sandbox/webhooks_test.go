package sandbox_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox"
)

// call makes a request with the sandbox's key and returns its status and body.
func call(t testing.TB, method, url, body string) (int, string) {
	t.Helper()
	return callAs(t, "Bearer "+sandbox.DefaultAPIKey, method, url, body)
}

func callAs(t testing.TB, authorization, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

func request(url string) string {
	return fmt.Sprintf(`{"url":%q,"events":["payment.received"],"secret":"s"}`, url)
}

func TestRegistrationsAreValidated(t *testing.T) {
	tests := []struct {
		name, body string
		status     int
		words      string
	}{
		{"good", request("http://127.0.0.1:8080/hook"), 201, `"id":"wh_0001"`},
		{"localhost", request("http://localhost/hook"), 201, `"id":"wh_0001"`},
		{"IPv6", request("https://[::1]:8080/hook"), 201, `"id":"wh_0001"`},
		{"no JSON", `url=x`, 400, "no JSON object"},
		{"list", `[]`, 400, "no JSON object"},
		{"number for url", `{"url":7}`, 400, "no JSON object"},
		{"no url", `{"events":["lease.signed"],"secret":"s"}`, 422, "url is missing"},
		{"no scheme", request("127.0.0.1:8080/hook"), 422, "no http://"},
		{"file", request("file:///etc/passwd"), 422, "no http://"},
		{"elsewhere", request("https://example.com/hook"), 422, "not on this computer"},
		{"elsewhere by number", request("http://192.168.1.7/hook"), 422, "not on this computer"},
		{"looks like localhost", request("http://localhost.example.com/"), 422, "not on this computer"},
		{"localhost for a user", request("http://localhost@example.com/"), 422, "not on this computer"},
		{"no events", `{"url":"http://127.0.0.1/","secret":"s"}`, 422, "events is missing"},
		{"empty events", `{"url":"http://127.0.0.1/","events":[],"secret":"s"}`, 422, "events is missing"},
		{"unknown event", `{"url":"http://127.0.0.1/","events":["rent.paid"],"secret":"s"}`, 422, "rent.paid"},
		{"no secret", `{"url":"http://127.0.0.1/","events":["lease.signed"]}`, 422, "secret is missing"},
		{"too long", request("http://127.0.0.1/" + strings.Repeat("x", 70_000)), 400, "no JSON object"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, base := serve(t, quiet())
			status, answer := call(t, "POST", base+"/v1/webhooks", tt.body)
			if status != tt.status || !strings.Contains(answer, tt.words) {
				t.Errorf("got %d %s, want %d with %q", status, answer, tt.status, tt.words)
			}
			if got := len(s.Webhooks()) == 1; got != (status == 201) {
				t.Errorf("registered: %v", got)
			}
		})
	}
}

func TestAllowAnywhere(t *testing.T) {
	c := quiet()
	c.AllowAnywhere = true
	_, base := serve(t, c)
	if status, answer := call(t, "POST", base+"/v1/webhooks", request("https://oakline.ngrok.app/webhooks/appfolio")); status != 201 {
		t.Errorf("got %d %s", status, answer)
	}
}

func TestOnlyTheKeyOpens(t *testing.T) {
	c := quiet()
	c.APIKey = "another-key"
	s, base := serve(t, c)
	for _, authorization := range []string{"", "another-key", "Bearer", "Bearer ", "Bearer sandbox-key", "Bearer another-key2", "Basic another-key", "bearer another-key"} {
		for _, method := range []string{"POST", "GET"} {
			status, answer := callAs(t, authorization, method, base+"/v1/webhooks", request("http://127.0.0.1/"))
			if status != 401 || !strings.Contains(answer, "Invalid API key") {
				t.Errorf("%s as %q: got %d %s", method, authorization, status, answer)
			}
		}
		if status, _ := callAs(t, authorization, "DELETE", base+"/v1/webhooks/wh_0001", ""); status != 401 {
			t.Errorf("DELETE as %q: got %d", authorization, status)
		}
	}
	if len(s.Webhooks()) != 0 {
		t.Error("a stranger registered")
	}
	if status, _ := callAs(t, "Bearer another-key", "POST", base+"/v1/webhooks", request("http://127.0.0.1/")); status != 201 {
		t.Errorf("with the key: got %d", status)
	}
}

func TestListAndDelete(t *testing.T) {
	s, base := serve(t, quiet())
	if _, answer := call(t, "GET", base+"/v1/webhooks", ""); strings.TrimSpace(answer) != `{"data":[]}` {
		t.Errorf("empty list: got %s", answer)
	}
	for _, url := range []string{"http://127.0.0.1/a", "http://127.0.0.1/b", "http://127.0.0.1/c"} {
		call(t, "POST", base+"/v1/webhooks", request(url))
	}
	_, answer := call(t, "GET", base+"/v1/webhooks", "")
	var listed struct{ Data []map[string]any }
	if err := json.Unmarshal([]byte(answer), &listed); err != nil || len(listed.Data) != 3 {
		t.Fatalf("got %s (%v), want three", answer, err)
	}
	if strings.Contains(answer, "secret") {
		t.Errorf("the list tells secrets: %s", answer)
	}
	if status, _ := call(t, "DELETE", base+"/v1/webhooks/wh_0002", ""); status != 204 {
		t.Errorf("delete: got %d", status)
	}
	if status, _ := call(t, "DELETE", base+"/v1/webhooks/wh_0002", ""); status != 404 {
		t.Errorf("delete again: got %d", status)
	}
	var left []string
	for _, w := range s.Webhooks() {
		left = append(left, w.URL)
	}
	if want := []string{"http://127.0.0.1/a", "http://127.0.0.1/c"}; !slices.Equal(left, want) {
		t.Errorf("left: got %q, want %q", left, want)
	}
	for method, path := range map[string]string{"PUT": "/v1/webhooks", "POST": "/v1/webhooks/wh_0001", "GET": "/v1/webhooks/wh_0001"} {
		if status, _ := call(t, method, base+path, ""); status != 405 {
			t.Errorf("%s %s: got %d, want 405", method, path, status)
		}
	}
	if status, _ := call(t, "GET", base+"/v2", ""); status != 404 {
		t.Errorf("another path: got %d", status)
	}
}

func TestSameAddressTakesThePlaceOfItself(t *testing.T) {
	s, base := serve(t, quiet())
	subscribe(t, base, "http://127.0.0.1/a")
	sub := subscription(base, "http://127.0.0.1/a")
	status, answer := call(t, "POST", base+"/v1/webhooks", `{"url":"http://127.0.0.1/a","events":["lease.signed"],"secret":"new secret"}`)
	if status != 200 || !strings.Contains(answer, "wh_0001") {
		t.Errorf("got %d %s", status, answer)
	}
	got := s.Webhooks()
	if len(got) != 1 || got[0].Secret != core.NewSecret("new secret") || got[0].Secret == sub.Secrets.WebhookSecret || len(got[0].Events) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestWebhooksAreBounded(t *testing.T) {
	s, base := serve(t, quiet())
	for i := range 50 {
		subscribe(t, base, fmt.Sprintf("http://127.0.0.1/%d", i))
	}
	if status, answer := call(t, "POST", base+"/v1/webhooks", request("http://127.0.0.1/more")); status != 422 || !strings.Contains(answer, "too many") {
		t.Errorf("got %d %s", status, answer)
	}
	if got := len(s.Webhooks()); got != 50 {
		t.Errorf("got %d webhooks", got)
	}
}

func TestPrintingAWebhookHidesItsSecret(t *testing.T) {
	s, base := serve(t, quiet())
	subscribe(t, base, "http://127.0.0.1/a")
	d := sandbox.Delivery{Webhook: s.Webhooks()[0]}
	if text := fmt.Sprintf("%v %+v %#v", d, d, d); strings.Contains(text, hookSecret) {
		t.Errorf("%s holds the secret", text)
	}
}
