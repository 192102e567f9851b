package bell_test

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

// BenchmarkIngest holds Rentbell's receiver against the plain reference: new signed
// payments over keep-alive connections on the loopback, the two in turn and many times,
// so that a busy computer is unkind to both. It plays its rounds once, however large b.N
// is, and prints their medians as a table. Only the ratios mean something beyond one
// machine and one run.
func BenchmarkIngest(b *testing.B) {
	var table strings.Builder
	fmt.Fprintf(&table, "durable deliveries, medians of all rounds; ratio: rentbell's events/s by the reference's, pairwise\n%11s %7s  %-9s %9s %9s %9s %7s",
		"connections", "rounds", "receiver", "events/s", "p50 ms", "p99 ms", "ratio")
	for _, load := range []struct{ connections, deliveries int }{{1, 200}, {16, 1600}, {64, 3200}} { // about as long each
		plain, own, ratios := inTurns(b, newReference(b), newReceiver(b), load.connections, load.deliveries)
		fmt.Fprintf(&table, "\n%11d %7d  reference %s\n%19s  rentbell  %s %7.2f", load.connections, len(ratios), medians(plain), "", medians(own), median(ratios))
		b.ReportMetric(median(ratios), fmt.Sprintf("c=%d", load.connections))
	}
	b.Log(table.String())
}

// inTurns delivers as often as a time allows, and always to both.
func inTurns(b *testing.B, plainURL, ownURL string, connections, deliveries int) (plain, own []ingest, ratios []float64) {
	const most = 12 * time.Second
	began := time.Now()
	for i := 0; i < 3 || time.Since(began) < most; i++ {
		requests := signedPayments(i*deliveries, deliveries)
		var p, o ingest
		if i%2 == 0 {
			p = deliver(b, plainURL, requests, connections)
			o = deliver(b, ownURL, requests, connections)
		} else {
			o = deliver(b, ownURL, requests, connections)
			p = deliver(b, plainURL, requests, connections)
		}
		if i > 0 { // at first, both have just begun
			plain, own, ratios = append(plain, p), append(own, o), append(ratios, o.perSecond/p.perSecond)
		}
	}
	return plain, own, ratios
}

func newReceiver(t testing.TB) (url string) {
	d := newDesk(t, t.TempDir())
	d.run(t)
	return d.url
}

// ingest is what one round measured; times are in milliseconds.
type ingest struct{ perSecond, p50, p99 float64 }

func medians(list []ingest) string {
	of := func(field func(ingest) float64) float64 {
		var values []float64
		for _, in := range list {
			values = append(values, field(in))
		}
		return median(values)
	}
	return fmt.Sprintf("%9.0f %9.2f %9.2f", of(func(in ingest) float64 { return in.perSecond }),
		of(func(in ingest) float64 { return in.p50 }), of(func(in ingest) float64 { return in.p99 }))
}

func median[T cmp.Ordered](values []T) T { return slices.Sorted(slices.Values(values))[len(values)/2] }

// deliver sends requests over connections that stay open, each waiting for its
// answer before it sends the next, and checks that all are taken.
func deliver(b *testing.B, url string, requests [][]byte, connections int) ingest {
	took := make([]time.Duration, len(requests))
	var senders sync.WaitGroup
	start := time.Now()
	for c := range connections {
		senders.Go(func() {
			conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
			if err != nil {
				b.Error(err)
				return
			}
			defer func() { _ = conn.Close() }() // everything was answered
			answers := bufio.NewReader(conn)
			for i := c; i < len(requests); i += connections {
				sent := time.Now()
				if err := exchange(conn, answers, requests[i]); err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(sent)
			}
		})
	}
	senders.Wait()
	elapsed := time.Since(start)
	slices.Sort(took)
	milliseconds := func(d time.Duration) float64 { return d.Seconds() * 1000 }
	return ingest{float64(len(requests)) / elapsed.Seconds(), milliseconds(took[len(took)/2]), milliseconds(took[len(took)*99/100])}
}

// exchange costs less than an http.Client: the senders share the processors
// with what they measure.
func exchange(conn net.Conn, answers *bufio.Reader, request []byte) error {
	if _, err := conn.Write(request); err != nil {
		return err
	}
	resp, err := http.ReadResponse(answers, nil)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK || string(body) != received {
		return fmt.Errorf("status %d: %s", resp.StatusCode, body)
	}
	return nil
}

// signedPayments are requests of about 400 bytes of body, of 300 leases that pay
// in turn. Their ids are spread like random ones and the same in every run.
func signedPayments(first, n int) [][]byte {
	requests := make([][]byte, n)
	for at := range requests {
		i := first + at
		id := sha256.Sum256(fmt.Appendf(nil, "payment %d", i))
		lease := i % 300
		body := fmt.Sprintf(`{"id":"evt_%x","type":"payment.received","created_at":"2026-06-%02dT%02d:%02d:%02dZ","data":{"lease_id":"lease_%d","amount_cents":145000,"payment_method":"eCheck",`+
			`"tenant_name":"Tenant Number %d","property_name":"Alder Court Apartments","unit_name":"%d","description":"Monthly rent, paid online by the tenant","reference":"R-%08d","filler":%q}}`,
			id[:10], 1+i/86400%28, i/3600%24, i/60%60, i%60, lease, lease, lease, i, strings.Repeat("x", 60))
		requests[at] = fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-AppFolio-Signature: %s\r\nContent-Length: %d\r\n\r\n%s",
			core.WebhookPath, sign(body), len(body), body)
	}
	return requests
}
