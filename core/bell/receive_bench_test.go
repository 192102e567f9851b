package bell_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

// BenchmarkReceive delivers new signed payments over keep-alive connections, to
// a handler that answers at once and to Rentbell, which answers from the disk.
// Figures compare within one run only.
func BenchmarkReceive(b *testing.B) {
	bare := func(testing.TB) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // what a client of ours sends can be read
			_, _ = io.WriteString(w, received) // as above
		}))
		b.Cleanup(server.Close)
		return server.URL
	}
	whole := func(t testing.TB) string {
		d := newDesk(t, t.TempDir())
		d.run(t)
		return d.url
	}
	for _, c := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("bare/c=%d", c), func(b *testing.B) { benchmarkReceiver(b, bare(b), c) })
		b.Run(fmt.Sprintf("rentbell/c=%d", c), func(b *testing.B) { benchmarkReceiver(b, whole(b), c) })
	}
}

func benchmarkReceiver(b *testing.B, url string, connections int) {
	bodies := make([]string, b.N)
	signatures := make([]string, b.N)
	for i := range bodies {
		bodies[i] = fmt.Sprintf(`{"id":"evt_%d","type":"payment.received","created_at":"2026-06-18T10:40:00Z","data":{"lease_id":"lease_%d","amount_cents":145000,"payment_method":"eCheck","filler":%q}}`,
			i, i%300, strings.Repeat("x", 220))
		signatures[i] = sign(bodies[i])
	}
	client := &http.Transport{MaxIdleConnsPerHost: connections}
	defer client.CloseIdleConnections()
	took := make([]time.Duration, b.N)
	var senders sync.WaitGroup
	b.ResetTimer()
	for c := range connections {
		senders.Go(func() {
			for i := c; i < b.N; i += connections {
				start := time.Now()
				if err := send(b, client, url, bodies[i], signatures[i]); err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(start)
			}
		})
	}
	senders.Wait()
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

func send(b *testing.B, client http.RoundTripper, url, body, signature string) error {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, url+core.WebhookPath, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("X-AppFolio-Signature", signature)
	resp, err := client.RoundTrip(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}
