# Does what Exercise.java says by Perl's Net::FTP, in the working folder. Prints two listings. The
# first argument is JSON as in sealane_ftplib.py, the others are the files to upload.

use strict;
use warnings;
use JSON::PP qw(decode_json);
use Net::FTP;

my $settings = decode_json(shift @ARGV);
my @uploaded = @ARGV;

my %protected = (
    SSL_ca_file => $settings->{certificate},
    SSL_version => $settings->{protection} eq 'TLS_1_2' ? 'TLSv1_2' : 'TLSv1_3',
    # The certificate is checked, its name is not: the module finds none that is an IPv6 address.
    SSL_verifycn_scheme => 'none',
);
my $ftp = Net::FTP->new(
    $settings->{host},
    Port    => $settings->{port},
    Timeout => 20,
    Passive => $settings->{way} eq 'PASSIVE' ? 1 : 0,
    $settings->{opening} eq 'TLS_FIRST' ? (SSL => 1) : (),
    $settings->{opening} eq 'CLEAR'     ? ()         : %protected,
) or die "no connection: $@";

# Every call has to succeed.
sub must {
    my ($call, @arguments) = @_;
    my $result = $ftp->$call(@arguments);
    defined $result or die "$call @arguments: " . $ftp->message;
    return $result;
}

must('starttls') if $settings->{opening} eq 'UPGRADED';
must('login', $settings->{user}, $settings->{password});
must('binary');
must('cwd', "/$settings->{remote}");
for my $name (@uploaded) {
    must('put', $name, $name);
    must('size', $name) == -s $name or die "size of $name";
    must('mdtm', $name);
}
print join("\n", @{ must('ls') }), "\n---\n", join("\n", @{ must('dir') }), "\n";
must('get', $_, "$_.back") for @uploaded;

# The module has no way to resume an upload but this.
open my $rest, '<', 'resumed-up.bin' or die $!;
binmode $rest;
seek $rest, must('size', 'resumed-up.bin'), 0;
must('append', $rest, 'resumed-up.bin');
must('get', 'resumed-down.bin', 'resumed-down.bin', -s 'resumed-down.bin');

must('rename', 'small.bin', 'renamed.bin');
must('delete', 'empty.bin');
must('mkdir', 'kept');
must('mkdir', 'gone');
must('rmdir', 'gone');
must('quit');
