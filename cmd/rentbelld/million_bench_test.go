//go:build linux

package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

const million = 1_000_000

// BenchmarkAMillion has a receiver take a million payments over 64 connections, or a
// tenth of that with -short. It compares the last tenth of them with the first, and
// then measures how soon the receiver is up again and what a check takes. It plays
// this once, however large b.N is. What a tenth of a million takes is told as for a
// million.
func BenchmarkAMillion(b *testing.B) {
	payments := million
	if testing.Short() {
		payments /= 10
	}
	dir := b.TempDir()
	p, address := serveOn(b, dir)
	var cpu, times []float64
	for tenth := range 10 {
		used, began := cpuSeconds(b, p), time.Now()
		pour(b, address, tenth*payments/10, payments/10)
		cpu, times = append(cpu, cpuSeconds(b, p)-used), append(times, time.Since(began).Seconds())
	}
	p.stop(b)
	b.Logf("seconds of each tenth: %.1f, of the processors: %.1f", times, cpu)
	b.ReportMetric(cpu[9]/cpu[0], "cpu-by-first")
	b.ReportMetric(times[0]/times[9], "speed-by-first")

	share := float64(payments) / million
	file, err := os.Stat(filepath.Join(dir, store.FileName))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(file.Size())/share/1e9, "GB")
	b.ReportMetric(secondsUntilUp(b, dir), "s-until-up")
	took, memory := measureCheck(b, dir)
	b.ReportMetric(took/share, "s-check")
	b.ReportMetric(memory, "MB-check")
}

// pour delivers payments, numbered from the first, over connections that stay open.
func pour(b *testing.B, address string, first, payments int) {
	b.Helper()
	const connections = 64
	var senders sync.WaitGroup
	for c := range connections {
		senders.Go(func() {
			conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
			if err != nil {
				b.Error(err)
				return
			}
			defer func() { _ = conn.Close() }() // everything was answered
			answers := bufio.NewReader(conn)
			for n := first + c; n < first+payments; n += connections {
				if err := deliverOn(conn, answers, payment(n)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	senders.Wait()
}

// deliverOn costs less than an http.Client: the senders share the processors with what
// they measure.
func deliverOn(conn net.Conn, answers *bufio.Reader, body string) error {
	_, err := fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: localhost\r\nX-AppFolio-Signature: %s\r\nContent-Length: %d\r\n\r\n%s",
		core.WebhookPath, sign(body), len(body), body)
	if err != nil {
		return err
	}
	resp, err := http.ReadResponse(answers, nil)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d: %s", resp.StatusCode, answer)
	}
	return err
}

// payment is a body of 413 bytes, of one of 300 leases. Every id is spread like a random
// one and the same in every run.
func payment(n int) string {
	const golden = 0x9e3779b97f4a7c15 // an odd factor: no two numbers have the same product
	lease := n % 300
	at := time.Date(2026, 1, 2, 0, 0, n*10, 0, time.UTC)
	body := fmt.Sprintf(`{"id":"evt_%016x","type":"payment.received","created_at":%q,"data":{"lease_id":"lease_%d","amount_cents":145000,"payment_method":"eCheck",`+
		`"tenant_name":"Tenant Number %d","property_name":"Alder Court Apartments","unit_name":"%d","description":"Monthly rent, paid online by the tenant","reference":"R-%08d","filler":""}}`,
		uint64(n+1)*golden, at.Format(time.RFC3339), lease, lease, lease, n)
	const size, end = 413, len(`"}}`)
	return body[:len(body)-end] + strings.Repeat("x", size-len(body)) + body[len(body)-end:]
}

// secondsUntilUp is how long a receiver takes until it says where it listens: the
// median of five starts.
func secondsUntilUp(b *testing.B, dir string) float64 {
	b.Helper()
	var took []float64
	for range 5 {
		began := time.Now()
		p, _ := serveOn(b, dir)
		took = append(took, time.Since(began).Seconds())
		p.stop(b)
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// measureCheck measures a check of all that is stored: in seconds, and in MB of memory of
// its own, which the file that is mapped does not count as.
func measureCheck(b *testing.B, dir string) (took, memory float64) {
	b.Helper()
	began := time.Now()
	p := start(b, nil, "check", "--data", dir)
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case <-p.exited:
			if code := p.state.ExitCode(); code != 0 {
				b.Fatalf("check: exit code %d\n%s", code, p.err)
			}
			return time.Since(began).Seconds(), memory
		case <-again.C:
			memory = max(memory, anonymousMB(p))
		}
	}
}

// anonymousMB is what a process has in memory that is no file's; 0 once it has ended.
func anonymousMB(p *process) float64 { return statusMB(p, "RssAnon") }

// statusMB is a figure of a process's memory; 0 once it has ended. See proc_pid_status(5).
func statusMB(p *process, name string) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "\n"+name+":")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kiB, _ := strconv.ParseFloat(fields[0], 64) // the kernel writes a number
	return kiB * 1024 / 1e6
}

// cpuSeconds is the processors' time that a process has had so far.
func cpuSeconds(b *testing.B, p *process) float64 {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	const user, system, ticks = 11, 12, 100 // places behind the name, and the unit: see proc_pid_stat(5)
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	var sum float64
	for _, place := range []int{user, system} {
		n, err := strconv.ParseFloat(fields[place], 64)
		if err != nil {
			b.Fatal(err)
		}
		sum += n / ticks
	}
	return sum
}
