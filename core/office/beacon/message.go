package beacon

import (
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/dns/dnsmessage"

	"rentbell/core"
)

const (
	service = "_rentbell-office._tcp.local."
	domain  = ".local."

	usualPort     = 5353 // of those who speak multicast DNS in full
	lifetime      = 10   // seconds that an answer counts; longer is not for those who ask from another port (RFC 6762, 6.7)
	mostQuestions = 8    // that are read of a packet
	mostRecords   = 64   // as above
)

// receiver is what a receiver says of itself.
type receiver struct {
	label string
	at    netip.AddrPort
}

func (r receiver) instance() string { return r.label + "." + service }
func (r receiver) host() string     { return r.label + domain }

// reply answers a packet from a port; false: it does not ask for this receiver.
func (r receiver) reply(packet []byte, from uint16) (reply []byte, asked bool) {
	var p dnsmessage.Parser
	head, err := p.Start(packet)
	if err != nil || head.Response || head.OpCode != 0 {
		return nil, false
	}
	for range mostQuestions {
		q, err := p.Question()
		if err != nil {
			return nil, false
		}
		if r.isFor(q) {
			return r.write(head.ID, q, from)
		}
	}
	return nil, false
}

// isFor reports whether a question is one for this receiver.
func (r receiver) isFor(q dnsmessage.Question) bool {
	is := func(name string, types ...dnsmessage.Type) bool {
		return strings.EqualFold(q.Name.String(), name) && (q.Type == dnsmessage.TypeALL || slices.Contains(types, q.Type))
	}
	return is(service, dnsmessage.TypePTR) || is(r.instance(), dnsmessage.TypeSRV, dnsmessage.TypeTXT) || is(r.host(), dnsmessage.TypeA)
}

// write says all that there is to say, whatever was asked for: a desk then needs no second
// question.
func (r receiver) write(id uint16, q dnsmessage.Question, from uint16) (packet []byte, ok bool) {
	head := dnsmessage.Header{Response: true, Authoritative: true}
	var asked []dnsmessage.Question
	if from != usualPort { // such a port belongs to a plain resolver (RFC 6762, 6.7)
		head.ID, asked = id, []dnsmessage.Question{q}
	}
	of := func(name string, body dnsmessage.ResourceBody) dnsmessage.Resource {
		return dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: dnsmessage.MustNewName(name), Class: dnsmessage.ClassINET, TTL: lifetime}, Body: body}
	}
	m := dnsmessage.Message{Header: head, Questions: asked, Answers: []dnsmessage.Resource{
		of(service, &dnsmessage.PTRResource{PTR: dnsmessage.MustNewName(r.instance())}),
		of(r.instance(), &dnsmessage.SRVResource{Port: r.at.Port(), Target: dnsmessage.MustNewName(r.host())}),
		of(r.instance(), &dnsmessage.TXTResource{TXT: []string{"v=1"}}),
		of(r.host(), &dnsmessage.AResource{A: r.at.Addr().As4()}),
	}}
	packet, err := m.Pack()
	return packet, err == nil
}

// question asks who receives here.
func question() ([]byte, error) {
	m := dnsmessage.Message{Questions: []dnsmessage.Question{{Name: dnsmessage.MustNewName(service), Type: dnsmessage.TypePTR, Class: dnsmessage.ClassINET}}}
	return m.Pack()
}

// read returns the receivers that a packet tells of, as far as it can be read.
func read(packet []byte) (all []core.OfficeFound) {
	var p dnsmessage.Parser
	if head, err := p.Start(packet); err != nil || !head.Response || p.SkipAllQuestions() != nil {
		return nil
	}
	services, hosts := map[string]dnsmessage.SRVResource{}, map[string]netip.Addr{}
	for range mostRecords {
		if readRecord(&p, services, hosts) != nil {
			break
		}
	}
	for name, s := range services {
		label, ours := strings.CutSuffix(name, "."+service)
		ip, known := hosts[s.Target.String()]
		if ours && known && local(ip) && s.Port > 0 && label != "" && label == hostLabel(label) {
			all = append(all, core.OfficeFound{Name: label, Address: netip.AddrPortFrom(ip, s.Port).String()})
		}
	}
	return all
}

// readRecord reads the next record; an error when there is none.
func readRecord(p *dnsmessage.Parser, services map[string]dnsmessage.SRVResource, hosts map[string]netip.Addr) error {
	head, err := p.AnswerHeader()
	if err != nil {
		return err
	}
	switch head.Type {
	case dnsmessage.TypeSRV:
		s, err := p.SRVResource()
		services[head.Name.String()] = s
		return err
	case dnsmessage.TypeA:
		a, err := p.AResource()
		hosts[head.Name.String()] = netip.AddrFrom4(a.A)
		return err
	}
	return p.SkipAnswer()
}
