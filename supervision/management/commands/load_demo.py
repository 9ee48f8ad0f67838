"""Load the demonstration: people by post, two finished terms and the one in force."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from schools.models import Post, User
from supervision.demo.people import PASSWORD
from supervision.demo.story import NothingToTell, tell
from supervision.rounds.models import Round

SHOWN = (
    "supervisor",
    "workgroup",
    "group",
    "deputy",
    "area",
    "committee",
    "subcommittee",
    "chair",
    "director1",
    "teacher1",
    "clerk",
    "admin",
)
OFFICE_DATA = "ฐานข้อมูลนี้มีข้อมูลของสำนักงานแล้ว จึงไม่โหลดข้อมูลสาธิตทับ โปรดใช้ฐานข้อมูลว่าง"


class Command(BaseCommand):
    """Made once; a second run changes nothing. It never joins an office's own data."""

    help = __doc__

    def handle(self, **options) -> None:
        if settings.MODE not in ("demo", "test"):
            raise CommandError("ข้อมูลสาธิตใช้ได้เฉพาะ MODE=demo")
        if not Round.objects.filter(is_sample=True).exists():
            self.load()
        self.show_accounts()

    def load(self) -> None:
        if User.objects.exists() or Round.objects.exists():
            raise CommandError(OFFICE_DATA)
        try:
            tell()
        except NothingToTell as missing:
            raise CommandError("ยังไม่มีข้อมูลตามคู่มือ โปรดเรียก load_manual ก่อน") from missing

    def show_accounts(self) -> None:
        posts = Post.objects.filter(user__username__in=SHOWN).select_related("user", "school")
        by_name = {post.user.username: post for post in posts}
        self.stdout.write("\nบัญชีสาธิต (ข้อมูลตัวอย่างทั้งหมด)")
        for name in filter(by_name.get, SHOWN):
            post = by_name[name]
            self.stdout.write(f"  {name:<12} {post.get_role_display()} · {place_of(post)}")
        self.stdout.write("  director2–5 และ teacher2–5 เป็นบัญชีของโรงเรียนอื่นในกลุ่ม")
        self.stdout.write(f"  รหัสผ่านทุกบัญชี: {PASSWORD}\n")


def place_of(post: Post) -> str:
    return str(post.school or post.cluster or "ทั้งสำนักงาน")
