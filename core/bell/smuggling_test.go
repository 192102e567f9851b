package bell_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/door"
)

// raw sends bytes over one connection to the receiver as it really serves and
// returns the statuses of what it answers until it closes.
func raw(t testing.TB, address, text string) []int {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }() // everything was read
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	_ = conn.(*net.TCPConn).CloseWrite() // whoever has closed already has said all
	var statuses []int
	answers := bufio.NewReader(conn)
	for {
		resp, err := http.ReadResponse(answers, nil)
		if err != nil {
			return statuses
		}
		_, _ = io.Copy(io.Discard, resp.Body) // the status is what counts
		statuses = append(statuses, resp.StatusCode)
	}
}

// request is a delivery as bytes. Of headers, each ends with a line break.
func request(headers, body string) string {
	return "POST " + core.WebhookPath + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body
}

// TestNoRequestHidesInAnother sends what makes two servers disagree about where
// a request ends. None of it may bring more events than were signed.
func TestNoRequestHidesInAnother(t *testing.T) {
	inner := rent("hidden", 1)
	signed := func(body string) string { return "X-AppFolio-Signature: " + sign(body) + "\r\n" }
	length := func(n int) string { return fmt.Sprintf("Content-Length: %d\r\n", n) }
	unsigned := request(length(len(inner)), inner)
	chunked := func(body string) string { return fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body), body) }
	large := func(size int) string { // a request whose headers have that size
		text := request(length(0)+"X-Large: \r\n", "")
		return strings.Replace(text, "X-Large: ", "X-Large: "+strings.Repeat("x", size-len(text)), 1)
	}
	tests := []struct {
		name, text string
		want       []int
	}{
		{"headers of 16 KiB", large(16 << 10), []int{401}},
		{"headers of a byte more", large(16<<10 + 1), []int{431}},
		{"many small headers", request(length(0)+strings.Repeat("a: b\r\n", 16<<10/6), ""), []int{431}},
		{"large headers behind another request", large(300) + large(16<<10), []int{401, 401}},
		{"too large headers behind another request", large(300) + large(16<<10+100), []int{401, 431}},
		{"two deliveries in a row", request(signed(rent("a", 1))+length(len(rent("a", 1))), rent("a", 1)) + request(signed(rent("b", 1))+length(len(rent("b", 1))), rent("b", 1)), []int{200, 200}},
		{"a delivery, and a stranger's behind it", request(signed(rent("c", 1))+length(len(rent("c", 1))), rent("c", 1)) + unsigned, []int{200, 401}},
		{"two lengths that differ", request(length(0)+length(len(unsigned)), unsigned), []int{400}},
		{"two lengths in one", request("Content-Length: 0, 5\r\n", unsigned), []int{400}},
		{"length and chunks", request(length(5)+"Transfer-Encoding: chunked\r\n", "0\r\n\r\n"+unsigned), []int{401, 401}},
		{"an unknown coding", request("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"+unsigned), []int{501}},
		{"a coding with a space before the colon", request("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), []int{400}},
		{"a folded header", request("X-Half:\r\n Transfer-Encoding: chunked\r\n"+length(0), ""), []int{401}},
		{"a negative length", request("Content-Length: -1\r\n", unsigned), []int{400}},
		{"a length with a sign", request("Content-Length: +5\r\n", unsigned), []int{400}},
		{"a huge length", request("Content-Length: 99999999999999999999\r\n", unsigned), []int{400}},
		{"a chunk of a huge size", request("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nx"), []int{400}},
		{"chunks that are signed as a whole", request(signed(rent("d", 1))+"Transfer-Encoding: chunked\r\n", chunked(rent("d", 1))), []int{200}},
		{"a bare line feed", strings.ReplaceAll(request(length(0), ""), "\r\n", "\n"), []int{401}},
		{"no host", "POST " + core.WebhookPath + " HTTP/1.1\r\n" + length(0) + "\r\n", []int{400}},
		{"a whole URL as the path", "POST http://x" + core.WebhookPath + " HTTP/1.1\r\nHost: x\r\n" + length(0) + "\r\n", []int{401}},
		{"HTTP/0.9", "GET " + core.WebhookPath + "\r\n\r\n", []int{400}},
		{"a preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{404}},
		{"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", []int{400}},
		{"a flood of headers", request(strings.Repeat("X-Flood: "+strings.Repeat("x", 1000)+"\r\n", 100), ""), []int{431}},
		{"a header without an end", "POST " + core.WebhookPath + " HTTP/1.1\r\nX-Long: " + strings.Repeat("x", 64<<10), []int{431}},
	}
	d := newDesk(t, t.TempDir())
	address, stop := d.listening(t)
	defer stop()
	address = strings.TrimPrefix(address, "http://")
	for _, tt := range tests {
		if got := raw(t, address, tt.text); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: answered %v, want %v", tt.name, got, tt.want)
		}
	}
	var kept []string
	if err := d.Each(t.Context(), core.Query{}, func(e core.Event) error {
		kept = append(kept, e.ID)
		return nil
	}); err != nil || fmt.Sprint(kept) != "[a b c d]" {
		t.Errorf("events %v, %v, want those that were signed", kept, err)
	}
	if s := d.Status().Summary; s.Quarantined != 0 {
		t.Errorf("%d in quarantine", s.Quarantined)
	}
}

// FuzzReceiver feeds the receiver anything at all, signed or not. Whatever comes, it
// answers within the contract and keeps only what was signed, once.
func FuzzReceiver(f *testing.F) {
	f.Add([]byte(rent("evt_1", 145000)), true, http.MethodPost, core.WebhookPath)
	f.Add([]byte(`{"id":"evt_2","type":"unit.painted"}`), true, http.MethodPost, core.WebhookPath+"?x=1")
	f.Add([]byte(`rent`), true, http.MethodPost, core.WebhookPath)
	f.Add([]byte(``), false, http.MethodPost, core.WebhookPath)
	f.Add([]byte(`{}`), false, http.MethodGet, "/webhooks/%61ppfolio")
	f.Add(bytes.Repeat([]byte("x"), door.MaxBody+1), true, http.MethodPost, core.WebhookPath)
	d := newDesk(f, f.TempDir())
	answers := map[int]bool{200: true, 401: true, 404: true, 405: true, 413: true}
	f.Fuzz(func(t *testing.T, body []byte, signed bool, method, target string) {
		req, err := http.NewRequest(method, "http://x", bytes.NewReader(body))
		if err != nil || !strings.HasPrefix(target, "/") {
			return
		}
		if req.URL, err = req.URL.Parse(target); err != nil {
			return
		}
		if signed {
			req.Header.Set("X-AppFolio-Signature", sign(string(body)))
		}
		most := 1
		if !signed {
			most = 0
		}
		for range 2 {
			before := d.Status().Summary
			w := &answerOnly{header: http.Header{}}
			req.Body = io.NopCloser(bytes.NewReader(body))
			d.ServeHTTP(w, req)
			after := d.Status().Summary
			if !answers[w.status] {
				t.Fatalf("answered %d", w.status)
			}
			if kept := after.Events + after.Quarantined - before.Events - before.Quarantined; kept > most || kept > 0 && w.status != 200 {
				t.Fatalf("answered %d, and %d kept of signed %v", w.status, kept, signed)
			}
			most = 0 // it has come before
		}
	})
}

type answerOnly struct {
	header http.Header
	status int
}

func (a *answerOnly) Header() http.Header         { return a.header }
func (a *answerOnly) WriteHeader(status int)      { a.status = status }
func (a *answerOnly) Write(p []byte) (int, error) { return len(p), nil }
